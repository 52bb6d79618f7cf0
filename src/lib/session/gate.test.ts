import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { UserId } from '#contract/id.ts'
import type { SignedInUser } from '#contract/session.ts'
import { firstWay, isBehindLock, wantedIn, wayElsewhere } from './gate.ts'

const worker: SignedInUser = {
  id: '019a0000-0000-7000-8000-000000000001' as UserId,
  username: 'aino',
  displayName: 'Aino',
  role: 'worker',
  tasks: ['care']
}
const mainUser: SignedInUser = { ...worker, role: 'main-user' }

const nobody = {
  route: '/',
  path: '/',
  vault: 'absent',
  residents: [],
  session: 'out',
  user: null,
  pending: []
} as const

test('a worker’s device opens the day, a main user the office, anybody else signs in', () => {
  expect(wayElsewhere(nobody)).toBe('/sign-in')
  expect(wayElsewhere({ ...nobody, session: 'unknown' })).toBeNull()
  expect(wayElsewhere({ ...nobody, session: 'in', user: mainUser })).toBe('/office')
  expect(wayElsewhere({ ...nobody, session: 'in', user: worker })).toBe('/enrol')
  expect(
    wayElsewhere({
      ...nobody,
      vault: 'locked',
      session: 'in',
      user: worker,
      residents: [worker.id]
    })
  ).toBe('/unlock')
})

test('a tablet without a network is not asked to sign in', () => {
  for (const session of ['unknown', 'away'] as const)
    expect(wayElsewhere({ ...nobody, vault: 'locked', session })).toBe('/unlock')
  expect(wayElsewhere({ ...nobody, vault: 'open', session: 'away' })).toBe('/today')
})

test('what is pending comes before client data', () => {
  const at = { ...nobody, session: 'in', user: worker, pending: ['training'] } as const
  expect(wayElsewhere(at)).toBe('/first-steps')
  expect(wayElsewhere({ ...at, vault: 'open', route: '/(field)/today', path: '/today' })).toBe(
    '/first-steps'
  )
  expect(wayElsewhere({ ...at, route: '/(door)/(arrival)/first-steps' })).toBeNull()
  expect(wayElsewhere({ ...at, pending: [], route: '/(door)/(arrival)/first-steps' })).toBe('/')
})

test('a locked tablet unlocks first and then goes where it was wanted', () => {
  const at = { ...nobody, vault: 'locked', route: '/(field)/visits/[visit]' } as const
  const way = wayElsewhere({ ...at, path: '/visits/1?customership=2' })
  expect(way).toBe('/unlock?to=%2Fvisits%2F1%3Fcustomership%3D2')
  expect(wantedIn(new URL(way ?? '', 'https://here.example'))).toBe('/visits/1?customership=2')
  expect(wayElsewhere({ ...at, vault: 'open', path: '/visits/1' })).toBeNull()
})

test('nobody is sent to another site by an address', () => {
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1'])
    expect(wantedIn(new URL(`/unlock?to=${encodeURIComponent(to)}`, 'https://here.example'))).toBe(
      '/today'
    )
})

test('by the path alone a browser that somebody lives in begins where the gate would send it', () => {
  const field = readdirSync(new URL('../../routes/(field)', import.meta.url), {
    withFileTypes: true
  }).flatMap((one) => (one.isDirectory() ? [one.name] : []))
  const locked = { ...nobody, vault: 'locked', residents: [worker.id], session: 'unknown' } as const
  for (const name of field) {
    const path = `/${name}?of=1`
    expect(firstWay(path), path).toBe(wayElsewhere({ ...locked, route: `/(field)/${name}`, path }))
    expect(isBehindLock(`/${name}`)).toBe(true)
  }
  expect(firstWay('/')).toBe(wayElsewhere(locked))
  expect(isBehindLock('/unlock')).toBe(true)
  for (const path of ['/office', '/sign-in', '/todays', '/verify', '/privacy'])
    expect(isBehindLock(path), path).toBe(false)
})
