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
    content: Uint8Array | string | AsyncIterable<string>,
    o: { isPacked?: boolean; isOpen?: boolean } = {}
  ): Promise<void> {
    const digest = beginDigest()
    let bytes = 0
    const count = (gulp: Uint8Array) => {
      digest.add(gulp)
      bytes += gulp.length
    }
    await this.#zip.add(name, streamOf(content, count), {
      lastModDate: this.#madeAt,
      level: o.isPacked ? 0 : 6,
      // AES-256, encrypt-then-authenticate (AE-2): the sum of the clear text is not told.
      ...(o.isOpen ? {} : { password: this.#passphrase, encryptionStrength: 3 as const })
    })
    const sha256 = Buffer.from(digest.value(), 'base64url').toString('hex')
    this.sums.push({ name, bytes, sha256 })
  }

  async close(): Promise<void> {
    await this.#zip.close()
  }
}

type Count = (gulp: Uint8Array) => void

function streamOf(
  content: Uint8Array | string | AsyncIterable<string>,
  count: Count
): ReadableStream<Uint8Array> {
  if (typeof content === 'string') return inGulps(Buffer.from(content, 'utf8'), count)
  return content instanceof Uint8Array ? inGulps(content, count) : asItComes(content, count)
}

/** What is too long to be held whole is asked for piece by piece. */
function asItComes(content: AsyncIterable<string>, count: Count): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<string> = content[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      await breathe()
      const next = await pieces.next()
      if (next.done === true) {
        controller.close()
        return
      }
      const gulp = Buffer.from(next.value, 'utf8')
      count(gulp)
      if (gulp.length > 0) controller.enqueue(gulp)
    }
  })
}

function inGulps(bytes: Uint8Array, count: Count): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    async pull(controller) {
      await breathe()
      const gulp = bytes.subarray(at, at + gulpBytes)
      at += gulp.length
      count(gulp)
      if (gulp.length > 0) controller.enqueue(gulp)
      if (at >= bytes.length) controller.close()
    }
  })
}
