import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CleanMachine } from '#tests/support/clean-machine.ts'
import { commandsUnder } from '#tests/support/deploy.ts'
import { freePort } from '#tests/support/server-process.ts'
import { textOf } from '#tests/support/tree.ts'

let machine: CleanMachine
let port: number
beforeAll(async () => {
  machine = new CleanMachine()
  port = await freePort()
})
afterAll(() => machine.close())

const [program = '', ground = '', service = '', first = '', container = ''] = commandsUnder(
  textOf('README.md'),
  '### Install'
)

async function answers(): Promise<boolean> {
  const giveUpAt = performance.now() + 60_000
  while (performance.now() < giveUpAt) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null)
    if (answer?.ok) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

test('the README’s commands bring a clean folder to the first main user, without any rights', async () => {
  expect(container).toContain('docker build')
  await machine.run(program.replace('ADDRESS', machine.repository))
  await machine.run(ground)
  await machine.run(service)
  machine.startService(port)
  const isUp = await answers()
  expect([isUp, isUp ? '' : machine.read('journal')]).toEqual([true, ''])

  const [journal = '', doctor = ''] = first.trim().split('\n')
  const code = /https:\/\/kotikaynti\.example\/welcome#([A-Za-z0-9_-]{43})/.exec(
    await machine.run(journal)
  )?.[1]
  expect(code).toBeDefined()
  const founded = await fetch(`http://127.0.0.1:${port}/api/welcome`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Kotikaynti-Protocol': '1',
      Origin: 'https://kotikaynti.example'
    },
    body: JSON.stringify({
      code,
      username: 'paula',
      displayName: 'Paula Pääkäyttäjä',
      password: 'kärpänen lentää yöllä',
      organisation: { name: 'Kotiapu Oy', organiser: 'Mallikunta' }
    })
  })
  expect(founded.status).toBe(200)
  expect((await fetch(`http://127.0.0.1:${port}/unlock`)).status).toBe(200)

  // Nobody serves that host here, so one thing is bad, and said.
  const found = await machine.run(`${doctor} || test $? -eq 1`)
  const bad = found.split('\n').filter((line) => line.startsWith('BAD'))
  const told = bad.filter((line) => !/^BAD +persistence/.test(line))
  expect(told).toEqual([expect.stringMatching(/^BAD +origin +https:\/\/kotikaynti\.example/)])
  expect(found).toMatch(/good +server +A server runs/)
  expect(found).toMatch(/good +keys /)

  // The key is lent as a file: nobody who lists processes or reads the settings sees it.
  const key = machine.read('/etc/kotikaynti/root.key').trim()
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  const listed = ['cmdline', 'environ'].map((file) =>
    readFileSync(`/proc/${machine.pid}/${file}`, 'utf8')
  )
  for (const text of [...listed, machine.read('journal'), found]) {
    expect(text).not.toContain(key)
    expect(text).not.toContain(Buffer.from(key, 'hex').toString('base64').slice(0, 40))
  }
})
