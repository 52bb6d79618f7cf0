import type { OpenVault } from '#lib/vault/open-vault.ts'
import type { PageKeeper } from './keep-pages.ts'

/** Its script is loaded when the day is drawn and what is new has come: nobody waits for it. */
export async function loadPageKeeper(vault: OpenVault): Promise<PageKeeper> {
  const { PageKeeper: Keeper } = await import('./keep-pages.ts')
  return new Keeper(vault)
}
