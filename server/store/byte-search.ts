/** As long as a nonce and the first bytes of its ciphertext: nothing else begins so. */
export const markBytes = 16

/** The three places at which base64 may begin inside a run of bytes, and the letters that are wholly its own. */
const phases = [
  { before: 0, from: 0, until: 21 },
  { before: 1, from: 2, until: 22 },
  { before: 2, from: 3, until: 24 }
]

/** The mark as it could lie in a file: as it is, in hexadecimal, and in base64 wherever that began. */
function formsOf(mark: Buffer): Buffer[] {
  const hex = mark.toString('hex')
  const base64 = phases.map(({ before, from, until }) =>
    Buffer.concat([Buffer.alloc(before), mark])
      .toString('base64')
      .slice(from, until)
  )
  const texts = [
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  ]
  return [mark, ...[...new Set(texts)].map((text) => Buffer.from(text, 'latin1'))]
}

interface Needle {
  readonly mark: number
  readonly bytes: Buffer
}

const filterSize = 1 << 20

/** 20 bits of the last four bytes: most places in a file are dismissed by one look. */
const hashOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 12

const longest = 2 * markBytes

/** Looks for all marks at once in what is given piece by piece. */
export class ByteSearch {
  readonly found = new Set<number>()
  readonly #filter = new Uint8Array(filterSize)
  readonly #needles = new Map<number, Needle[]>()

  /** `marks`: each of `markBytes`, one after the other; `found` tells them by their place. */
  constructor(marks: Buffer) {
    for (let mark = 0; (mark + 1) * markBytes <= marks.length; mark += 1)
      for (const bytes of formsOf(marks.subarray(mark * markBytes, (mark + 1) * markBytes)))
        this.#add({ mark, bytes })
  }

  #add(needle: Needle): void {
    const word = needle.bytes.readInt32BE(0)
    this.#filter[hashOf(word)] = 1
    const same = this.#needles.get(word)
    if (same) same.push(needle)
    else this.#needles.set(word, [needle])
  }

  /**
   * Reads one file through. `read` fills what it is given and tells how much; 0 ends it. A mark
   * that lies across two pieces is found, since the end of one is looked at again with the next.
   */
  searchFile(piece: Buffer, read: (into: Buffer) => number): number {
    let kept = 0
    let total = 0
    for (;;) {
      const length = read(piece.subarray(kept))
      if (length === 0) return total
      total += length
      const end = kept + length
      this.#search(piece.subarray(0, end))
      kept = Math.min(longest - 1, end)
      piece.copyWithin(0, end - kept, end)
    }
  }

  #search(piece: Buffer): void {
    const filter = this.#filter
    let word = 0
    for (let at = 0; at < piece.length; at += 1) {
      word = (word << 8) | (piece[at] ?? 0)
      if (at >= 3 && filter[hashOf(word)] === 1) this.#compare(piece, at - 3, word)
    }
  }

  #compare(piece: Buffer, at: number, word: number): void {
    for (const { mark, bytes } of this.#needles.get(word) ?? [])
      if (piece.subarray(at, at + bytes.length).equals(bytes)) this.found.add(mark)
  }
}
