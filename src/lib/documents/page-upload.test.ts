import { expect, test } from 'vitest'
import type { DocumentPage } from '#contract/document.ts'
import type { Answer } from '#lib/http/api.ts'
import type { EditedPage } from './drawn-page.ts'
import { PageUpload } from './page-upload.svelte.ts'

const page = (text: string): EditedPage => ({
  bytes: new TextEncoder().encode(text),
  mediaType: 'image/jpeg',
  sha256: text
})

/** A server that stores what it is sent, and a line that can be cut. */
function line() {
  const sent: number[] = []
  const state = { cut: Number.POSITIVE_INFINITY, sent }
  const send = (number: number): Promise<Answer<DocumentPage>> => {
    sent.push(number)
    if (sent.length > state.cut) return Promise.resolve({ ok: false, away: 'offline' })
    const data = { page: number, sha256: `stored ${number}`, mediaType: 'image/jpeg' } as const
    return Promise.resolve({ ok: true, data })
  }
  return { state, send }
}
const noPause = () => Promise.resolve()

test('what was brought before a cut is not sent again, and the count is true', async () => {
  const { state, send } = line()
  const upload = new PageUpload(noPause)
  const pages = ['a', 'b', 'c', 'd'].map(page)
  state.cut = 2
  const cut = await upload.run(pages, send)
  expect(cut).toMatchObject({ ok: false, page: 3 })
  expect(upload.done).toBe(2)
  expect(state.sent).toEqual([1, 2, 3, 3, 3, 3])
  state.cut = Number.POSITIVE_INFINITY
  state.sent.length = 0
  const whole = await upload.run(pages, send)
  expect(state.sent).toEqual([3, 4])
  expect(whole).toMatchObject({
    ok: true,
    pages: [{ page: 1 }, { page: 2 }, { page: 3 }, { page: 4 }]
  })
})

test('a page that was edited or moved in between is sent anew', async () => {
  const { state, send } = line()
  const upload = new PageUpload(noPause)
  await upload.run([page('a'), page('b'), page('c')], send)
  state.sent.length = 0
  await upload.run([page('a'), page('c'), page('b')], send)
  expect(state.sent).toEqual([2, 3])
})

test('a refusal is told at once and with its page', async () => {
  const upload = new PageUpload(noPause)
  const refused = await upload.run([page('a')], () =>
    Promise.resolve({
      ok: false,
      problem: { type: 'x', title: 'x', status: 422, code: 'invalid' }
    })
  )
  expect(refused).toMatchObject({ ok: false, page: 1, failure: { problem: { code: 'invalid' } } })
})
