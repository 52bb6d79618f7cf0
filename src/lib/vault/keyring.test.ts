import { expect, test } from 'vitest'
import { memoryFile } from './keyring-place.ts'
import type { KeyringFile } from './keyring-slots.ts'
import { Keyring } from './keyring.ts'

const id = (n: number) => `5f0c2f3e-1111-4222-8333-${String(n).padStart(12, '0')}`
const wrapped = (n: number) => new Uint8Array(40).fill(n % 256)
const wrapping = {
  method: 'passphrase',
  credential: '',
  salt: 's',
  stretchSalt: 's',
  kdf: { memory: 65_536, passes: 3, parallelism: 1 },
  wrapped: 'w'
} as const

async function ring() {
  const done: string[] = []
  const memory = memoryFile()
  const file: KeyringFile = {
    ...memory,
    write: (at, bytes) => {
      done.push(`${at} ${bytes.every((byte) => byte === 0) ? 'zeros' : 'bytes'}`)
      memory.write(at, bytes)
    },
    flush: () => done.push('flush')
  }
  const keyring = new Keyring({ use: async (work) => work(file) })
  await keyring.create(wrapping, wrapped(1), wrapped(2))
  done.length = 0
  return { keyring, done, memory }
}

test('a key is on the disk when adding it returns, all of them with one flush', async () => {
  const { keyring, done } = await ring()
  await keyring.addCustomershipKeys(
    new Map([
      [id(1), wrapped(1)],
      [id(2), wrapped(2)]
    ]),
    0
  )
  expect(done).toEqual(['8192 bytes', '8256 bytes', 'flush'])
  expect(await keyring.customershipKeys()).toEqual(
    new Map([
      [id(1), wrapped(1)],
      [id(2), wrapped(2)]
    ])
  )
})

test('§7 a destroyed slot is written over twice, each time to the disk, and is free again', async () => {
  const { keyring, done } = await ring()
  await keyring.addCustomershipKeys(new Map([[id(1), wrapped(1)]]), 0)
  done.length = 0
  await keyring.destroyCustomershipKeys([id(1), id(7)])
  expect(done).toEqual(['8192 bytes', 'flush', '8192 zeros', 'flush'])
  await keyring.addCustomershipKeys(new Map([[id(3), wrapped(3)]]), 0)
  expect([...(await keyring.customershipKeys()).keys()]).toEqual([id(3)])
})

test('a key that is there already is not written over: what it sealed would be lost', async () => {
  const { keyring } = await ring()
  await keyring.addCustomershipKeys(new Map([[id(1), wrapped(1)]]), 0)
  await keyring.addCustomershipKeys(new Map([[id(1), wrapped(9)]]), 0)
  expect((await keyring.customershipKeys()).get(id(1))).toEqual(wrapped(1))
})

test('a full keyring says so and loses nothing', async () => {
  const { keyring } = await ring()
  const many = Array.from({ length: 2048 }, (_, n) => [id(n + 1), wrapped(n)] as const)
  await keyring.addCustomershipKeys(new Map(many), 0)
  await expect(keyring.addCustomershipKeys(new Map([[id(9999), wrapped(1)]]), 0)).rejects.toThrow()
  expect((await keyring.customershipKeys()).size).toBe(2048)
})

test('nothing of a destroyed keyring is left', async () => {
  const { keyring, memory } = await ring()
  await keyring.destroy()
  expect(memory.content().every((byte) => byte === 0)).toBe(true)
  const { wrappings, signingKey } = await keyring.contents()
  expect(wrappings).toEqual([])
  expect(signingKey).toBeNull()
})

test('a head that is no number beside its inverse puts no bank in force', async () => {
  const { keyring, memory } = await ring()
  memory.write(256, Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0))
  const { generation, wrappings } = await keyring.contents()
  expect(generation).toBe(0)
  expect(wrappings).toEqual([wrapping])
})
