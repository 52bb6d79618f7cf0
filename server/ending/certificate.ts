import {
  certificateText,
  type Certificate,
  type CertifiedScan,
  type CertifiedTablet,
  type Statement
} from '#contract/certificate.ts'
import { toMoment } from '#contract/day.ts'
import type { KeyStore } from '#server/keys/key-store.ts'
import { eraseRows } from '#server/store/erase.ts'
import type { Store } from '#server/store/store.ts'
import { followTablets } from './tablets.ts'

interface SigningParts {
  readonly store: Store
  readonly keyStore: KeyStore
}

/** §7: what remains of a customership, signed so that nobody can write another. It names no person. */
export function signCertificate<S extends Statement>(
  keyStore: KeyStore,
  statement: S
): S & { key: string; sig: string } {
  const stated = { ...statement, key: keyStore.publicKey() }
  return { ...stated, sig: keyStore.sign(certificateText(stated)) }
}

/** A certificate that still waited for a tablet is signed anew when more is known of it. */
export async function renewCertificate(
  { store, keyStore }: SigningParts,
  certificate: Certificate,
  now: number
): Promise<void> {
  const told = certificate.devices.map((tablet): CertifiedTablet => ({ at: null, ...tablet }))
  if (told.every(({ state }) => state === 'purged')) return
  const devices = await followTablets(store, certificate.customership, told, now)
  if (devices.every(({ state }, index) => state === told[index]?.state)) return
  await store.certificates.replace(withTablets(keyStore, certificate, devices, now))
  // The ledger kept the line of a tablet that had not confirmed; it may go now.
  await eraseRows(store, certificate.customership)
}

function withTablets(
  keyStore: KeyStore,
  { key: _key, sig: _sig, ...statement }: Certificate,
  devices: CertifiedTablet[],
  now: number
): Certificate {
  if ('format' in statement)
    return signCertificate(keyStore, { ...statement, devices, renewedAt: toMoment(now) })
  // One of the first years stays what it is: it has no place for the time.
  const former = devices.map(({ device, state }) => ({ device, state }))
  return signCertificate(keyStore, { ...statement, devices: former })
}

/** What the reading of every file has found, told as it is. */
export async function certifyScan(
  { store, keyStore }: SigningParts,
  certificate: Certificate,
  scan: CertifiedScan
): Promise<void> {
  const { key: _key, sig: _sig, ...statement } = certificate
  if (!('format' in statement)) return
  const methods = [...new Set([...statement.methods, 'bytes-scanned' as const])]
  await store.certificates.replace(
    signCertificate(keyStore, { ...statement, methods, scan, renewedAt: scan.at })
  )
}
