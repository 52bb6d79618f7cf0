import type { CustomershipId, DeviceId } from '#contract/id.ts'
import type { RegisterTransaction } from '#server/store/register-transaction.ts'
import { renewCertificate } from './certificate.ts'
import type { EndingParts } from './delete-customership.ts'

/** A tablet says what it has purged: the ledger is cleared, and a certificate that waited for it says so. */
export async function confirmPurges(
  parts: Pick<EndingParts, 'store' | 'keyStore'>,
  { holdings }: RegisterTransaction,
  device: DeviceId,
  purged: readonly CustomershipId[],
  now: number
): Promise<void> {
  if (purged.length === 0) return
  await holdings.purged(device, purged, now)
  for (const id of purged) {
    const certificate = await parts.store.certificates.find(id)
    if (certificate) await renewCertificate(parts, certificate, now)
  }
}
