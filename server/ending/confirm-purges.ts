import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import type { RegisterTransaction } from '#server/store/register.ts'
import type { Store } from '#server/store/store.ts'
import { signCertificate } from './certificate.ts'

/** A tablet says what it has purged: the ledger is cleared, and a certificate that waited for it is written anew. */
export async function confirmPurges(
  { store, keyStore }: { store: Store; keyStore: KeyStore },
  tx: RegisterTransaction,
  device: DeviceId,
  purged: readonly CustomershipId[],
  now: number
): Promise<void> {
  if (purged.length === 0) return
  await tx.holdings.purged(device, purged, now)
  for (const id of purged) {
    const certificate = await store.certificates.find(id)
    if (!certificate?.devices.some((one) => one.device === device && one.state !== 'purged'))
      continue
    const { key: _key, sig: _sig, ...statement } = certificate
    const devices = certificate.devices.map((one) =>
      one.device === device ? { ...one, state: 'purged' as const } : one
    )
    await store.certificates.replace(signCertificate(keyStore, { ...statement, devices }))
  }
}
