import { learn } from '#lib/i18n/language.svelte.ts'

/** The lock of a tablet without passkeys carries nothing of them. */
export async function loadPasskeyDoor() {
  const [{ default: PasskeyDoor }] = await Promise.all([
    import('./PasskeyDoor.svelte'),
    learn('ways')
  ])
  return PasskeyDoor
}
