import { createDecipheriv, createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'

/** A PDF's own objects, read by the byte (ISO 32000-1 § 7), beside what a reader makes of them. */
export type Value =
  | number
  | boolean
  | null
  | Name
  | Words
  | Reference
  | Operator
  | readonly Value[]
  | Dictionary
  | Stream

export class Name {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}
export class Words {
  readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  get text(): string {
    const isWide = this.bytes[0] === 0xfe && this.bytes[1] === 0xff
    if (!isWide) return this.bytes.toString('latin1')
    return Buffer.from(this.bytes.subarray(2)).swap16().toString('utf16le')
  }
}
export class Reference {
  readonly id: number
  constructor(id: number) {
    this.id = id
  }
}
export class Operator {
  readonly word: string
  constructor(word: string) {
    this.word = word
  }
}
export class Dictionary {
  readonly entries: ReadonlyMap<string, Value>
  constructor(entries: ReadonlyMap<string, Value>) {
    this.entries = entries
  }
}
export class Stream {
  readonly head: Dictionary
  readonly bytes: Buffer
  constructor(head: Dictionary, bytes: Buffer) {
    this.head = head
    this.bytes = bytes
  }
}

const blank = (code: number | undefined) => code !== undefined && ' \n\r\t\f\0'.includes(char(code))
const ends = (code: number | undefined) =>
  code === undefined || blank(code) || '()<>[]{}/%'.includes(char(code))
const char = (code: number) => String.fromCharCode(code)

type Open = (sealed: Buffer) => Buffer
const asItIs: Open = (bytes) => bytes

class Reader {
  readonly #bytes: Buffer
  readonly #open: Open
  at: number

  constructor(bytes: Buffer, at = 0, open: Open = asItIs) {
    this.#bytes = bytes
    this.#open = open
    this.at = at
  }

  /** Undefined at the end, and at what closes a list or a dictionary. */
  value(): Value | undefined {
    this.#skip()
    const code = this.#bytes[this.at]
    if (code === undefined) return undefined
    const sign = char(code)
    if (sign === '/') return this.#name()
    if (sign === '(') return this.#literal()
    if (sign === '[') return this.#list()
    if (sign === '<') return this.#bytes[this.at + 1] === 0x3c ? this.#dictionary() : this.#hex()
    if (sign === ']' || sign === '>') return undefined
    return this.#word()
  }

  #skip(): void {
    for (;;) {
      while (blank(this.#bytes[this.at])) this.at += 1
      if (this.#bytes[this.at] !== 0x25) return
      while (this.at < this.#bytes.length && this.#bytes[this.at] !== 0x0a) this.at += 1
    }
  }

  #token(): string {
    const from = this.at
    while (!ends(this.#bytes[this.at])) this.at += 1
    return this.#bytes.toString('latin1', from, this.at)
  }

  #name(): Name {
    this.at += 1
    return new Name(
      this.#token().replace(/#([0-9a-f]{2})/gi, (_all, hex: string) => char(parseInt(hex, 16)))
    )
  }

  #word(): Value {
    const token = this.#token()
    const reference = /^\s+\d+\s+R(?![A-Za-z])/.exec(
      this.#bytes.toString('latin1', this.at, this.at + 12)
    )
    if (/^\d+$/.test(token) && reference) {
      this.at += reference[0].length
      return new Reference(Number(token))
    }
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) return Number(token)
    if (token === 'true' || token === 'false') return token === 'true'
    return token === 'null' ? null : new Operator(token)
  }

  #list(): Value[] {
    this.at += 1
    const values = this.#values()
    this.at += 1
    return values
  }

  #values(): Value[] {
    const values: Value[] = []
    for (let value = this.value(); value !== undefined; value = this.value()) values.push(value)
    return values
  }

  #dictionary(): Dictionary {
    this.at += 2
    const values = this.#values()
    this.at += 2
    const entries = new Map<string, Value>()
    for (let index = 0; index < values.length; index += 2) {
      const key = values[index]
      if (key instanceof Name) entries.set(key.name, values[index + 1] ?? null)
    }
    return new Dictionary(entries)
  }

  #hex(): Words {
    const end = this.#bytes.indexOf('>', this.at)
    const hex = this.#bytes.toString('latin1', this.at + 1, end).replace(/\s/g, '')
    this.at = end + 1
    return new Words(this.#open(Buffer.from(hex.length % 2 ? `${hex}0` : hex, 'hex')))
  }

  #literal(): Words {
    const bytes: number[] = []
    const escapes: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 }
    let depth = 1
    this.at += 1
    for (;;) {
      let code = this.#bytes[this.at] ?? 0x29
      this.at += 1
      if (code === 0x28) depth += 1
      if (code === 0x29 && --depth === 0) return new Words(this.#open(Buffer.from(bytes)))
      if (code === 0x5c) {
        const octal = /^[0-7]{1,3}/.exec(this.#bytes.toString('latin1', this.at, this.at + 3))
        const next = this.#bytes[this.at] ?? 0
        this.at += octal ? octal[0].length : 1
        code = octal ? parseInt(octal[0], 8) : (escapes[char(next)] ?? next)
      }
      bytes.push(code)
    }
  }
}

export class PdfObjects {
  readonly #bytes: Buffer
  readonly #places = new Map<number, number>()
  readonly trailer: Dictionary
  #open: Open = asItIs

  constructor(bytes: Buffer, password?: string) {
    this.#bytes = bytes
    const xref = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1'))?.[1])
    const [, count = ''] = /^xref\s+0 (\d+)/.exec(bytes.toString('latin1', xref, xref + 40)) ?? []
    const first = bytes.indexOf('0000000000 65535', xref)
    for (let id = 1; id < Number(count); id += 1)
      this.#places.set(id, Number(bytes.toString('latin1', first + id * 20, first + id * 20 + 10)))
    const reader = new Reader(bytes, bytes.indexOf('trailer', xref) + 'trailer'.length)
    const trailer = reader.value()
    if (!(trailer instanceof Dictionary)) throw new Error('no trailer')
    this.trailer = trailer
    if (password !== undefined) this.#open = opener(this.get(trailer, 'Encrypt'), this, password)
  }

  all(): Value[] {
    return [...this.#places.keys()].map((id) => this.follow(new Reference(id)))
  }

  follow(value: Value | undefined): Value {
    if (!(value instanceof Reference)) return value ?? null
    const place = this.#places.get(value.id)
    if (place === undefined) throw new Error(`object ${value.id} is not there`)
    // What tells how to open is not locked itself.
    const encrypt = this.trailer.entries.get('Encrypt')
    const isKey = encrypt instanceof Reference && encrypt.id === value.id
    const reader = new Reader(this.#bytes, place, isKey ? asItIs : this.#open)
    const [id] = [reader.value(), reader.value(), reader.value()]
    if (id !== value.id) throw new Error(`object ${value.id} is not where it should be`)
    const held = reader.value() ?? null
    const start = /^\s*stream\r?\n/.exec(
      this.#bytes.toString('latin1', reader.at, reader.at + 12)
    )?.[0]
    if (start === undefined || !(held instanceof Dictionary)) return held
    const from = reader.at + start.length
    const raw = this.#open(this.#bytes.subarray(from, from + Number(this.get(held, 'Length'))))
    const filter = this.get(held, 'Filter')
    const isPacked = filter instanceof Name && filter.name === 'FlateDecode'
    return new Stream(held, isPacked ? inflateSync(raw) : raw)
  }

  /** An entry of a dictionary, or of a stream's head. */
  get(holder: Value | undefined, key: string): Value {
    const held = this.follow(holder)
    const dictionary = held instanceof Stream ? held.head : held
    return dictionary instanceof Dictionary ? this.follow(dictionary.entries.get(key)) : null
  }

  /** As `get`, for what is compared by which object it is. */
  raw(holder: Value | undefined, key: string): Value | undefined {
    const held = this.follow(holder)
    return held instanceof Dictionary ? held.entries.get(key) : undefined
  }

  list(holder: Value | undefined, key: string): readonly Value[] {
    const value = this.get(holder, key)
    return Array.isArray(value) ? (value as readonly Value[]) : []
  }

  nameOf(holder: Value | undefined, key: string): string | null {
    const value = this.get(holder, key)
    return value instanceof Name ? value.name : null
  }

  textOf(holder: Value | undefined, key: string): string | null {
    const value = this.get(holder, key)
    return value instanceof Words ? value.text : null
  }

  streamOf(holder: Value | undefined, key: string): Buffer | null {
    const value = this.get(holder, key)
    return value instanceof Stream ? value.bytes : null
  }
}

/** AES-256 as revision 5 has it (Adobe's supplement to ISO 32000, extension level 3, § 3.5). */
function opener(encrypt: Value, pdf: PdfObjects, password: string): Open {
  const bytesOf = (key: string) => {
    const value = pdf.get(encrypt, key)
    return value instanceof Words ? value.bytes : Buffer.alloc(0)
  }
  const keySalt = bytesOf('U').subarray(40, 48)
  const key = createHash('sha256').update(password).update(keySalt).digest()
  const unwrap = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  const fileKey = Buffer.concat([unwrap.update(bytesOf('UE')), unwrap.final()])
  return (sealed) => {
    const decipher = createDecipheriv('aes-256-cbc', fileKey, sealed.subarray(0, 16))
    return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()])
  }
}

/** What a page's content does, one operator after the other. */
export function operationsOf(content: Buffer): { word: string; values: Value[] }[] {
  const reader = new Reader(content)
  const operations: { word: string; values: Value[] }[] = []
  let values: Value[] = []
  for (let value = reader.value(); value !== undefined; value = reader.value())
    if (value instanceof Operator) {
      operations.push({ word: value.word, values })
      values = []
    } else values.push(value)
  return operations
}
