import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryFile } from './keyring-place.ts'
import { jsonBytes, wrappingAt, wrappingSlots, writeSlot } from './keyring-slots.ts'
import type { Secret, Wrapping } from './keys.ts'
import { kekOf, makeRoot, rootIn, wrapUnder } from './wrapping.ts'

/** How many flips of each kind; `npm run soak` asks for more. */
const flips = Number(process.env['KOTIKAYNTI_FLIPS'] ?? 2000)

const owner = { user: 'user-a', device: 'device-a' }
const secret = new Uint8Array(32).fill(7)
const passkey = {
  credential: 'avain',
  secret,
  name: 'Ääkkösen puhelin',
  addedAt: 1_795_000_000_000
}
const typed = {
  passphrase: 'kuusi harmaata varista katolla',
  kdf: { memory: 19 * 1024, passes: 1, parallelism: 1 }
}

/** The slot as it lies on the disk, and how many of its bits mean something. */
function laid(wrapping: Wrapping) {
  const file = memoryFile(new Uint8Array(wrappingSlots.at + wrappingSlots.bytes))
  writeSlot(file, wrappingSlots.at, wrappingSlots.bytes, jsonBytes(wrapping))
  return { bytes: file.content(), bits: (jsonBytes(wrapping).length + 2) * 8 }
}

async function opens(bytes: Uint8Array<ArrayBuffer>, by: Secret): Promise<boolean> {
  const wrapping = wrappingAt(memoryFile(bytes), wrappingSlots.at)
  return wrapping !== null && (await rootIn(wrapping, await kekOf(wrapping, by, owner))) !== null
}

const flipped = (bytes: Uint8Array<ArrayBuffer>, bit: number) => {
  const changed = bytes.slice()
  changed[bit >> 3]! ^= 1 << (bit & 7)
  return changed
}

test('a passkey’s wrapping with any bit of it flipped does not open, its name and date included', async () => {
  const { carrier } = await makeRoot()
  const { bytes, bits } = laid(await wrapUnder(passkey, owner, carrier))
  expect(await opens(bytes, passkey)).toBe(true)
  for (let bit = 0; bit < bits; bit += 1)
    expect(await opens(flipped(bytes, wrappingSlots.at * 8 + bit), passkey), `${bit}`).toBe(false)
})

test(
  'a passphrase’s wrapping with a bit flipped does not open',
  { timeout: 3_600_000 },
  async () => {
    const { carrier } = await makeRoot()
    const { bytes, bits } = laid(await wrapUnder(typed, owner, carrier))
    expect(await opens(bytes, typed)).toBe(true)
    // The names of fields hold nothing that is stretched: each bit of one that is empty, always.
    const named = new TextDecoder('latin1').decode(bytes).indexOf('credential') * 8
    for (let bit = named; bit < named + 'credential'.length * 8; bit += 1)
      expect(await opens(flipped(bytes, bit), typed), `${bit}`).toBe(false)
    // Each costs a whole stretching.
    const numRuns = Math.ceil(flips / 20)
    const flip = fc.asyncProperty(fc.nat(bits - 1), async (bit) => {
      expect(await opens(flipped(bytes, wrappingSlots.at * 8 + bit), typed)).toBe(false)
    })
    await fc.assert(flip, { numRuns })
  }
)
