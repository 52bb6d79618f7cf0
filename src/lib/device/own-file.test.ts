import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isOwnFile } from './own-file.ts'

const answering = (body: string, type: string, status = 200) =>
  new Response(body, { status, headers: { 'Content-Type': type } })
const portal = () => answering('<h1>Hyväksy ehdot</h1>', 'text/html; charset=utf-8')

test.each([
  '/_app/immutable/chunks/pdf.mjs',
  '/rescue.js',
  '/manifest.webmanifest',
  '/app.html',
  '/rescue.html'
])('what a portal answers for %s is not kept', async (path) => {
  expect(await isOwnFile(path, portal())).toBe(false)
})

test.each([
  ['/_app/immutable/chunks/pdf.mjs', 'text/javascript'],
  ['/_app/immutable/assets/font.woff2', 'font/woff2'],
  ['/_app/immutable/assets/draws.wasm', 'application/wasm']
])('%s is kept as it came', async (path, type) => {
  expect(await isOwnFile(path, answering('ours', type))).toBe(true)
  expect(await isOwnFile(path, answering('gone', type, 404))).toBe(false)
})

test.each(['src/app.html', 'static/rescue.html'])('%s is known for ours', async (file) => {
  const page = await readFile(file, 'utf8')
  const answer = answering(page, 'text/html; charset=utf-8')
  expect(await isOwnFile('/app.html', answer)).toBe(true)
  expect(await answer.text()).toBe(page)
})
