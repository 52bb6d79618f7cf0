import { ZipWriter } from '@zip.js/zip.js'
import { beginDigest } from '#server/keys/digest.ts'

export interface FileSum {
  readonly name: string
  readonly bytes: number
  /** SHA-256, hex. */
  readonly sha256: string
}

/** So much is worked on before others are answered. */
const gulpBytes = 128 * 1024

export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Written file by file into whatever takes its bytes; none of it is ever whole in memory, or in clear on a disk. */
export class Archive {
  readonly #zip: ZipWriter<unknown>
  readonly #passphrase: string
  readonly #madeAt: Date
  readonly sums: FileSum[] = []

  constructor(
    sink: (bytes: Uint8Array) => Promise<void>,
    o: { passphrase: string; madeAt: number }
  ) {
    this.#zip = new ZipWriter(new WritableStream<Uint8Array>({ write: sink }), {
      useWebWorkers: false,
      keepOrder: true
    })
    this.#passphrase = o.passphrase
    this.#madeAt = new Date(o.madeAt)
  }

  /** `isPacked`: it is compressed by itself. `isOpen`: it opens without the passphrase. */
  async add(
    name: string,
    content: Uint8Array | string,
    o: { isPacked?: boolean; isOpen?: boolean } = {}
  ): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
    const digest = beginDigest()
    await this.#zip.add(name, inGulps(bytes, digest), {
      lastModDate: this.#madeAt,
      level: o.isPacked ? 0 : 6,
      // AES-256, encrypt-then-authenticate (AE-2): the sum of the clear text is not told.
      ...(o.isOpen ? {} : { password: this.#passphrase, encryptionStrength: 3 as const })
    })
    const sha256 = Buffer.from(digest.value(), 'base64url').toString('hex')
    this.sums.push({ name, bytes: bytes.length, sha256 })
  }

  async close(): Promise<void> {
    await this.#zip.close()
  }
}

function inGulps(
  bytes: Uint8Array,
  digest: ReturnType<typeof beginDigest>
): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    async pull(controller) {
      await breathe()
      const gulp = bytes.subarray(at, at + gulpBytes)
      at += gulp.length
      digest.add(gulp)
      if (gulp.length > 0) controller.enqueue(gulp)
      if (at >= bytes.length) controller.close()
    }
  })
}
