import { certificateText, type Certificate } from '#contract/ending.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { eraseRows } from '#server/store/erase.ts'
import type { Store } from '#server/store/store.ts'
import { followTablets } from './tablets.ts'

/** §7: what remains of a customership, signed so that nobody can write another. It names no person. */
export function signCertificate(
  keyStore: KeyStore,
  statement: Omit<Certificate, 'key' | 'sig'>
): Certificate {
  const stated = { ...statement, key: keyStore.publicKey() }
  return { ...stated, sig: keyStore.sign(certificateText(stated)) }
}

/** A certificate that still waited for a tablet is signed anew when more is known of it. */
export async function renewCertificate(
  { store, keyStore }: { store: Store; keyStore: KeyStore },
  { sig: _sig, key: _key, ...statement }: Certificate,
  now: number
): Promise<void> {
  if (statement.devices.every(({ state }) => state === 'purged')) return
  const devices = await followTablets(store, statement.customership, statement.devices, now)
  if (devices.every(({ state }, index) => state === statement.devices[index]?.state)) return
  await store.certificates.replace(signCertificate(keyStore, { ...statement, devices }))
  // The ledger kept the line of a tablet that had not confirmed; it may go now.
  await eraseRows(store, statement.customership)
}
