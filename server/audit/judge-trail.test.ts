import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkpointLine,
  checkpointText,
  linkedText,
  trailHead,
  trailText,
  type Checkpoint,
  type TrailKind,
  type TrailLine
} from '#contract/trail.ts'
import { TrailJudge, type TrailVerdict } from './judge-trail.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')

const pair = generateKeyPairSync('ed25519')
const keyOf = (key: KeyObject) => key.export({ format: 'jwk' }).x ?? ''
const key = keyOf(pair.publicKey)
const life = sha256('the first life')

let said = 0

function grow(
  lines: readonly TrailLine[],
  kind: TrailKind = 'use',
  commitment = sha256(`words ${(said += 1)}`)
): TrailLine[] {
  const last = lines.at(-1)
  const next = {
    number: (last?.number ?? 0) + 1,
    at: 1_790_000_000_000 + lines.length * 1000,
    kind
  }
  const stated = { ...next, commitment }
  return [
    ...lines,
    { ...stated, link: sha256(linkedText(last?.link ?? sha256(trailHead), stated)) }
  ]
}

function trailOf(length: number): TrailLine[] {
  let lines = grow([], 'begun', life)
  while (lines.length < length) lines = grow(lines)
  return lines
}

function checkpointOf(lines: readonly TrailLine[], generation = life, by = pair): Checkpoint {
  const last = lines.at(-1)
  const stated = {
    ...{ number: last?.number ?? 0, at: 1_790_000_000_000, link: last?.link ?? '' },
    ...{ generation, key: keyOf(by.publicKey) }
  }
  return {
    ...stated,
    sig: sign(null, Buffer.from(checkpointText(stated)), by.privateKey).toString('base64url')
  }
}

const fileOf = (lines: readonly TrailLine[], closing = checkpointOf(lines)): string =>
  [trailHead, ...lines.map(trailText), checkpointLine(closing), ''].join('\n')

function judge(file: string, o: { held?: Checkpoint[]; key?: string } = {}): TrailVerdict {
  const judging = new TrailJudge(o)
  const lines = file.split('\n')
  const rest = lines.pop() ?? ''
  for (const line of lines) judging.read(line)
  if (rest !== '') judging.read(rest)
  return judging.end(rest === '')
}

const length = fc.integer({ min: 2, max: 40 })

test('§12 a trail as it was written is whole, with every checkpoint that was kept of it', () => {
  fc.assert(
    fc.property(length, fc.nat(), (entries, cut) => {
      const lines = trailOf(entries)
      const held = [checkpointOf(lines.slice(0, 1 + (cut % entries)))]
      const { faults, entries: read } = judge(fileOf(lines), { held, key })
      expect({ faults, read }).toEqual({ faults: [], read: entries })
    })
  )
})

test('§12 any byte that is changed is found, on its line or the one that it ran into', () => {
  fc.assert(
    fc.property(length, fc.nat(), fc.integer({ min: 0, max: 126 }), (entries, where, byte) => {
      const file = fileOf(trailOf(entries))
      const at = where % file.length
      const other = String.fromCharCode(byte)
      fc.pre(file[at] !== other)
      const edited = file.slice(0, at) + other + file.slice(at + 1)
      const line = file.slice(0, at).split('\n').length
      const [first] = judge(edited).faults
      expect(first).toBeDefined()
      // The very last line feed stands at the end of the file, which is no line.
      if (first?.line !== null) expect([line, line + 1]).toContain(first?.line)
      else expect(at).toBe(file.length - 1)
    }),
    { numRuns: 1000 }
  )
})

test('§12 a signature that is written otherwise, though it means the same, is an edit', () => {
  const file = fileOf(trailOf(3))
  const last = file.at(-2) ?? ''
  const others = Array.from('ABCDQRSTghijwxyz').filter((letter) => letter !== last)
  for (const letter of others)
    expect(judge(`${file.slice(0, -2)}${letter}\n`).faults[0]).toMatchObject({ line: 5 })
})

test('§12 entries that are dropped are found where they stood, and named by their number', () => {
  fc.assert(
    fc.property(length, fc.nat(), fc.integer({ min: 1, max: 5 }), (entries, where, count) => {
      const lines = trailOf(entries)
      const from = where % entries
      const kept = lines.toSpliced(from, count)
      const code = from + count >= entries ? 'cut' : 'missing'
      const verdict = judge(fileOf(kept, checkpointOf(lines)))
      expect(verdict.faults[0]).toEqual({ code, number: from + 1, line: from + 2 })
    })
  )
})

test('§12 entries that changed places are found at the first of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 40 }), fc.nat(), fc.nat(), (entries, a, b) => {
      const lines = trailOf(entries)
      const [first, second] = [a % entries, b % entries].toSorted((x, y) => x - y) as [
        number,
        number
      ]
      fc.pre(first !== second)
      const moved = lines.with(first, lines[second]!).with(second, lines[first]!)
      expect(judge(fileOf(moved)).faults[0]).toMatchObject({ line: first + 2 })
    })
  )
})

test('§12 a file that was cut anywhere is found', () => {
  fc.assert(
    fc.property(length, fc.nat(), (entries, where) => {
      const file = fileOf(trailOf(entries))
      const { faults } = judge(file.slice(0, where % file.length))
      expect(faults.map(({ code }) => code)).toContain('cut')
    })
  )
})

test('§12 a trail that was written anew from an entry on is found by a checkpoint from a second place', () => {
  fc.assert(
    fc.property(length, fc.nat(), (entries, where) => {
      const lines = trailOf(entries)
      const from = 1 + (where % (entries - 1))
      let forged = lines.slice(0, from)
      while (forged.length < entries) forged = grow(forged)
      const held = lines.map((_, index) => checkpointOf(lines.slice(0, index + 1)))
      expect(judge(fileOf(forged)).faults).toEqual([])
      const { faults } = judge(fileOf(forged), { held })
      expect(faults[0]).toEqual({ code: 'rewritten', number: from + 1, line: null })
    })
  )
})

test('§12 a trail that ends before a checkpoint that was kept is cut; one of another key is not ours', () => {
  const lines = trailOf(9)
  const held = [checkpointOf(lines)]
  expect(judge(fileOf(lines.slice(0, 5)), { held }).faults).toEqual([
    { code: 'cut', number: 9, line: null }
  ])
  const stranger = generateKeyPairSync('ed25519')
  const foreign = fileOf(lines, checkpointOf(lines, life, stranger))
  expect(judge(foreign, { key }).faults).toEqual([{ code: 'key', number: null, line: null }])
  expect(judge(foreign, { held }).faults).toEqual([{ code: 'key', number: null, line: null }])
  const unsigned = { ...checkpointOf(lines), at: 5 }
  expect(judge(fileOf(lines, unsigned)).faults).toEqual([
    { code: 'signature', number: 9, line: 11 }
  ])
})

test('§12 a register that was restored says so, and what its backup did not have is told apart from a cut', () => {
  const before = trailOf(9)
  const second = sha256('the second life')
  let after = grow(before.slice(0, 5), 'restored', second)
  after = grow(after)
  const held = [checkpointOf(before.slice(0, 3)), checkpointOf(before), checkpointOf(after, second)]
  const verdict = judge(fileOf(after, checkpointOf(after, second)), { held })
  expect(verdict).toMatchObject({ faults: [], lostByRestoring: 1, restored: [{ number: 6 }] })
})
