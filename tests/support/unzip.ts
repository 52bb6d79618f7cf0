import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'

export interface ZippedFile {
  readonly bytes: Buffer
  readonly isEncrypted: boolean
  /** Of the header that says how: 3 is AES-256. */
  readonly strength: number | undefined
}

/** Every file of the archive, opened; throws when the passphrase is missing or wrong. */
export async function unzip(
  archive: Uint8Array,
  password?: string
): Promise<ReadonlyMap<string, ZippedFile>> {
  const reader = new ZipReader(new Uint8ArrayReader(archive), {
    useWebWorkers: false,
    ...(password === undefined ? {} : { password })
  })
  const files = new Map<string, ZippedFile>()
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue
    const bytes = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true })
    const aes = entry.extraFieldAES as { readonly strength?: number } | undefined
    files.set(entry.filename, {
      bytes: Buffer.from(bytes),
      isEncrypted: entry.encrypted,
      strength: aes?.strength
    })
  }
  await reader.close()
  return files
}
