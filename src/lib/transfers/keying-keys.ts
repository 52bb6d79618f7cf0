export const keyingActs = ['tick', 'draft', 'undo', 'pass', 'back'] as const
export type KeyingAct = (typeof keyingActs)[number]

const acts: Readonly<Record<string, KeyingAct>> = {
  k: 'tick',
  l: 'draft',
  u: 'undo',
  arrowright: 'pass',
  arrowleft: 'back'
}

type Pressed = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * What a key does in the keying list. A key that is held down moves on and on, and notes once: the next
 * event is noted only by whoever has let go and pressed again.
 */
export function keyingActOf({ key, repeat, ctrlKey, metaKey, altKey }: Pressed): KeyingAct | null {
  if (ctrlKey || metaKey || altKey) return null
  const act = acts[key.toLowerCase()]
  if (act === undefined) return null
  return repeat && act !== 'pass' && act !== 'back' ? null : act
}
