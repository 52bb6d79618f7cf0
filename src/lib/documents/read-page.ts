import type { OpenVault } from '#lib/vault/open-vault.ts'
import { fetchPage, type WantedPage } from './keep-pages.ts'

/** From this tablet, or, of a document that it does not keep, from the server. Null when it is not to be had. */
export async function readPage(
  vault: OpenVault,
  wanted: WantedPage
): Promise<Uint8Array<ArrayBuffer> | null> {
  const held = await vault.database.pages.get([wanted.document, wanted.page])
  const bytes = held && (await vault.openPage(held))
  if (bytes) return bytes
  const fetched = await fetchPage(vault, wanted)
  return fetched && vault.openPage(fetched)
}
