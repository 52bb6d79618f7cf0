import { createSecretKey } from 'node:crypto'
import type { KeyRow } from './key-rows.ts'
import { unwrapKey, wrapKey, type Wrapper } from './wrapping.ts'

/** While the root key is rotated each of the two opens the other, so that either of them opens everything. */
const bridge = { next: 'rotation/next', former: 'rotation/former' } as const

export const bridgeNames: readonly string[] = Object.values(bridge)

export interface Root extends Wrapper {
  readonly name: null
  /** Which of the two is at hand; `only` when no rotation is under way. */
  readonly stands: 'only' | 'former' | 'next'
}

/** The root key at hand, and whichever other one it opens. */
export function openRoot(
  find: (name: string) => Pick<KeyRow, 'wrapped'> | null,
  bytes: Buffer
): Root {
  const alone = { name: null, key: createSecretKey(bytes), stands: 'only' } as const
  const open = (name: string): Buffer | null => {
    const row = find(name)
    try {
      return row && unwrapKey(alone, name, row.wrapped)
    } catch {
      return null
    }
  }
  const next = open(bridge.next)
  if (next) return { ...alone, other: createSecretKey(next), stands: 'former' }
  const former = open(bridge.former)
  if (former) return { ...alone, other: createSecretKey(former), stands: 'next' }
  return alone
}

/** Both rows of the bridge, to be written in one commit. */
export function bridgeRows(keys: {
  former: Buffer
  next: Buffer
}): Pick<KeyRow, 'name' | 'wrappedBy' | 'wrapped' | 'publicKey'>[] {
  const row = (name: string, by: Buffer, key: Buffer) => ({
    name,
    wrappedBy: null,
    wrapped: wrapKey({ name: null, key: createSecretKey(by) }, name, key),
    publicKey: null
  })
  return [
    row(bridge.next, keys.former, keys.next),
    row(bridge.former, keys.next, keys.former)
  ]
}
