import { expect, test } from 'vitest'
import { shortfallsOf, type Abilities, type Shortfall } from './shortfalls.ts'

const everything: Abilities = {
  serviceWorker: true,
  opfs: true,
  passkeys: true,
  prf: true,
  backgroundSync: true,
  estimate: true,
  installed: false,
  offersInstall: true,
  isAppleTablet: false
}

test('of a browser that can do everything there is nothing to tell', () => {
  expect(shortfallsOf(everything)).toEqual([])
})

test.for<[Shortfall, Partial<Abilities>]>([
  ['offline-start', { serviceWorker: false }],
  ['erasable-keys', { opfs: false }],
  ['passkey', { passkeys: false, prf: null }],
  ['derived-secret', { prf: false }],
  ['background-sync', { backgroundSync: false }],
  ['space', { estimate: false }],
  ['install-ipad', { offersInstall: false, isAppleTablet: true }],
  ['install-menu', { offersInstall: false }]
])('%s is told, alone, when only it is lacking', ([shortfall, lack]) => {
  expect(shortfallsOf({ ...everything, ...lack })).toEqual([shortfall])
})

test('a passkey that may derive a secret is not called one that cannot', () => {
  expect(shortfallsOf({ ...everything, prf: null })).toEqual([])
})

test('whoever opened the installed app is not told how to install it', () => {
  const installed = { ...everything, offersInstall: false, installed: true }
  expect(shortfallsOf(installed)).toEqual([])
  expect(shortfallsOf({ ...installed, isAppleTablet: true })).toEqual([])
})

test('WebKitGTK lacks what it was seen to lack', () => {
  const webkit = {
    ...everything,
    opfs: false,
    passkeys: false,
    prf: null,
    backgroundSync: false,
    estimate: false,
    offersInstall: false
  }
  expect(shortfallsOf(webkit)).toEqual([
    'erasable-keys',
    'passkey',
    'background-sync',
    'space',
    'install-menu'
  ])
})
