import { afterEach, expect, test, vi } from 'vitest'
import { pulseSchema } from '#contract/office.ts'
import { Desk, refusalOf } from './office-desk.svelte.ts'

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' }
  })
const problem = (status: number, code: string, issues?: unknown) =>
  json({ type: 'about:blank', title: code, status, code, issues }, status)

/** Answers one request after another. */
function server(...answers: (() => Response)[]) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string, { body }: RequestInit) => {
    asked.push(typeof body === 'string' ? body : path)
    const answer = answers.shift()
    if (!answer) throw new TypeError('no network')
    return answer()
  })
  return asked
}

afterEach(() => vi.unstubAllGlobals())

const ask = (desk: Desk) => desk.ask('POST', '/api/office/x', { word: 'kept' }, pulseSchema)

test('a request that meets an ended session waits, and is the same request after the sign-in', async () => {
  const asked = server(
    () => problem(401, 'not-signed-in'),
    () => json({ pulse: 'a' })
  )
  const desk = new Desk()
  const answer = ask(desk)
  await vi.waitFor(() => {
    expect(desk.signedOut).toBe(true)
  })
  expect(asked).toHaveLength(1)
  desk.signedInAgain()
  expect(await answer).toMatchObject({ ok: true, data: { pulse: 'a' } })
  expect(asked).toEqual(['{"word":"kept"}', '{"word":"kept"}'])
  expect(desk.signedOut).toBe(false)
})

test('without a network nothing waits: it is said, and said to be over', async () => {
  server()
  const desk = new Desk()
  expect(refusalOf(await ask(desk))).toEqual({ code: 'offline', wrong: {} })
  expect(desk.away).toBe(true)
  server(() => json({ pulse: 'a' }))
  await ask(desk)
  expect(desk.away).toBe(false)
})

test('a refusal names the fields that the server named', async () => {
  server(() => problem(422, 'invalid', [{ path: ['data', 'phone', 'value'], code: 'custom' }]))
  expect(refusalOf(await ask(new Desk()))).toEqual({
    code: 'invalid',
    wrong: { phone: 'wrong.phone' }
  })
})

test('while the server rings, it is asked when it has rung, and not again and again', async () => {
  vi.useFakeTimers()
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const lines: ReadableStreamDefaultController<Uint8Array>[] = []
  let asked = 0
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === '/api/office/live') {
      const body = new ReadableStream<Uint8Array>({ start: (open) => void lines.push(open) })
      return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
    }
    asked += 1
    return json({ pulse: String(asked) })
  })
  const bytes = new TextEncoder().encode('event: pull\ndata:\n\n')
  const ring = () => lines.at(-1)?.enqueue(bytes)
  const stop = new Desk().listen()
  try {
    await vi.advanceTimersByTimeAsync(100)
    ring()
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toBe(2)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(asked).toBe(2)
    for (let count = 0; count < 20; count += 1) {
      ring()
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toBeGreaterThan(2)
    expect(asked).toBeLessThan(6)
  } finally {
    stop()
    vi.useRealTimers()
  }
})
