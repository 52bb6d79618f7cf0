import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { entryIdSchema } from '#contract/id.ts'
import { newSecret } from '#server/keys/secret.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { encodingsOf } from '#tests/support/scan.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { World, type Client } from '#tests/support/world.ts'

// Each test starts whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const canaries = {
  lastName: 'Kanariansukunimi',
  worker: 'Kanariantyöntekijä',
  note: 'Kanarialintu lauloi häkissään',
  code: '010594Y9032',
  username: 'kanaria.kayttaja',
  password: 'kanarian salasana yöllä',
  rootKey: 'c0ffee42'.repeat(8),
  metricsToken: newSecret()
}

/** What brings a process down from inside, with a client in its words: as a fault of ours would. */
const fault = `
const words = ${JSON.stringify(Object.values(canaries).join(' '))}
process.on('SIGUSR2', () => { throw Object.assign(new TypeError(words, { cause: words }), { name: words, code: words }) })
process.on('SIGWINCH', () => { Promise.reject(new RangeError(words)) })
process.on('SIGHUP', () => { throw words })`

let world: World
let server: ServerProcess
let port: number
let office: Client
let tablet: WireTablet
let family: Family

beforeEach(async () => {
  port = await freePort()
  world = await World.create({
    now: Date.now(),
    env: {
      KOTIKAYNTI_ROOT_KEY: canaries.rootKey,
      KOTIKAYNTI_METRICS_TOKEN: canaries.metricsToken
    }
  })
  office = await world.mainUser()
  const worker = await world.user({ role: 'worker', displayName: canaries.worker })
  family = await Family.open(world, office, canaries.lastName)
  await family.assign(worker.id)
  const visit = entryIdSchema.parse(await family.plan(worker.id))
  tablet = await WireTablet.enrol(world, worker)
  tablet.write({ op: 'visit.record', customership: family.id, body: family.visit(visit) })
  const note = family.note(newEntryId(world), visit, { done: canaries.note })
  tablet.write({ op: 'note.draft', customership: family.id, body: note })
  await world.stop()
  world.elsewhere = `http://127.0.0.1:${port}`
  const preload = join(world.folder, 'fault.mjs')
  await writeFile(preload, fault)
  server = new ServerProcess(port, world.env, ['--import', preload])
  await server.start()
})
afterEach(async () => {
  await server.kill()
  await world.close()
})

/** Everything that was secret or a person's: the sessions and the device's secret too. */
function secrets(): string[] {
  const cookies = [office, tablet.client].flatMap(({ cookies }) => [...cookies.values()])
  return [...Object.values(canaries), ...cookies]
}

/** Which of them stand in the text, in any of the encodings. */
function heardIn(text: string): string[] {
  const bytes = Buffer.from(text)
  return secrets().filter((word) => encodingsOf(word).some((form) => bytes.includes(form)))
}

/** A working day that goes well, and one that does not. */
async function work(): Promise<string> {
  await tablet.push()
  await tablet.pull()
  const headers: string[] = []
  const ask = async (...asked: Parameters<Client['ask']>) => {
    const answer = await office.ask(...asked)
    headers.push(JSON.stringify([...answer.headers].filter(([name]) => name !== 'set-cookie')))
  }
  await ask('GET', `/api/office/customerships/${family.id}?purpose=organising`)
  await ask('POST', '/api/office/customerships/search', { query: canaries.lastName })
  await ask('GET', `/api/office/customerships/${encodeURIComponent(canaries.note)}`)
  await ask('GET', `/api/no-such/${canaries.code}?name=${canaries.lastName}`)
  await ask('GET', `/${canaries.lastName}`)
  await ask('PUT', '/api/office/customerships', { [canaries.lastName]: canaries.note })
  const { username, password } = canaries
  await ask('POST', '/api/session', { username, password })
  await ask('POST', '/api/welcome', { code: canaries.metricsToken, username, password })
  return headers.join('\n')
}

async function metrics(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/metrics`, {
    headers: { 'X-Forwarded-For': '192.0.2.1', Authorization: `Bearer ${canaries.metricsToken}` }
  })
  expect(answer.status).toBe(200)
  return await answer.text()
}

test.each(['SIGUSR2', 'SIGWINCH', 'SIGHUP'] as const)(
  '§5 a process that worked all day and then crashed (%s) has told nobody of anybody',
  async (signal) => {
    const headers = await work()
    const told = await metrics()
    expect(told).toContain('kotikaynti_operations_total{outcome="applied",code="none"} 2')
    const listed = await readFile(`/proc/${server.pid}/cmdline`, 'utf8')
    expect(listed).toContain('server/main.ts')
    for (const secret of [canaries.rootKey, canaries.metricsToken])
      expect(listed).not.toContain(secret)

    server.signal(signal)
    expect(await server.ended()).toBe(1)
    const { output } = server
    expect(output).toMatch(/"event":"request","request":"[\w-]{16}","method":"POST"/)
    expect(output).toMatch(/\nKotikäynti stopped: /)
    for (const text of [output, told, headers]) expect(heardIn(text)).toEqual([])
    // Whoever listens hears: what is looked for is found where it is.
    expect(heardIn(`${canaries.rootKey} ${Buffer.from(canaries.note).toString('base64')}`)).toEqual(
      [canaries.note, canaries.rootKey]
    )
  }
)
