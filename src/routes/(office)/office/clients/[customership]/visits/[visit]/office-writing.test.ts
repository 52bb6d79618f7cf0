import { expect, test } from 'vitest'
import type { Entry } from '#contract/entry.ts'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { NoteAtOffice, NoteWritten } from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { OfficeWriting, type AskingDesk } from './office-writing.svelte.ts'

const title = { fi: 'x', sv: 'x', en: 'x' }
const template: Template = {
  id: 'home-service',
  version: 1,
  title,
  fields: [{ id: 'done', form: 'text', mandatory: true, title }]
}
const visit = '01935b2e-7c00-7000-8000-000000000001' as EntryId
const own = {
  id: '01935b2e-7c00-7000-8000-000000000002',
  revision: 5,
  data: { fields: { done: 'Leivottiin' } }
} as unknown as Entry<'note'>

type Reply = Partial<NoteWritten> | 'away' | number

/** A line to a server whose answers the test writes; what was sent is kept. */
function line(...replies: Reply[]) {
  const sent: NoteAtOffice[] = []
  const ask = (_method: string, _path: string, body: NoteAtOffice) => {
    sent.push(body)
    const reply = replies.shift() ?? {}
    if (reply === 'away') return Promise.resolve({ ok: false, away: 'offline' })
    if (typeof reply === 'number') {
      const code = reply === 409 ? 'conflict' : 'internal'
      return Promise.resolve({ ok: false, problem: { status: reply, code } })
    }
    const { note, state } = body
    return Promise.resolve({ ok: true, data: { note, state, revision: 6, ...reply } })
  }
  return { sent, desk: { ask } as unknown as AskingDesk }
}

const customership = 'a3333333-3333-4333-8333-333333333333' as CustomershipId

const begin = (desk: AskingDesk) =>
  new OfficeWriting(desk, '/note', { customership, template, visit, own })

async function type(writing: OfficeWriting, done: string): Promise<void> {
  writing.form.write('done', done)
  await writing.form.flush()
}

test('each save goes on from the answer to the one before, wherever that laid the words', async () => {
  const beside = '01935b2e-7c00-7000-8000-000000000009' as EntryId
  const { sent, desk } = line({ revision: 6 }, { revision: 8, note: beside })
  const writing = begin(desk)
  for (const done of ['a', 'ab', 'abc']) await type(writing, done)
  expect(sent.map(({ note, based }) => [note, based])).toEqual([
    [own.id, 5],
    [own.id, 6],
    [beside, 8]
  ])
  expect(new Set(sent.map((one) => one.beside)).size).toBe(3)
})

test('a request without an answer is sent again as it was, before anything newer', async () => {
  const { sent, desk } = line('away', 500, {}, { revision: 7 })
  const writing = begin(desk)
  await type(writing, 'a')
  expect([writing.form.saveState, writing.refusal?.code]).toEqual(['failed', 'offline'])
  expect(writing.isUnsaved).toBe(true)
  await type(writing, 'ab')
  await type(writing, 'abc')
  expect(sent[1]).toEqual(sent[0])
  expect(sent[2]).toEqual(sent[0])
  expect(sent[3]).toMatchObject({ based: 6, fields: { done: 'abc' } })
  expect([writing.form.saveState, writing.isUnsaved]).toEqual(['saved', false])
})

test('what was refused is not sent again as it was: another place is found for the words', async () => {
  const { sent, desk } = line(409)
  const writing = begin(desk)
  await type(writing, 'a')
  await writing.form.flush()
  expect(sent.length).toBe(2)
  expect(sent[1]?.beside).not.toBe(sent[0]?.beside)
  expect(writing.form.saveState).toBe('saved')
})

test('a signature that was laid beside another version as a draft is none', async () => {
  const { desk } = line({ state: 'draft' })
  const writing = begin(desk)
  expect(await writing.form.sign()).toBe('failed')
  expect(writing.form.signed).toBe(false)
  await type(writing, 'Leivottiin pullaa')
  expect(writing.isUnsaved).toBe(false)
})

test('a signature of which nobody heard signs nothing later: its words go on as a draft', async () => {
  const cut = line({}, 'away')
  const other = begin(cut.desk)
  await type(other, 'Leivottiin')
  expect(await other.form.sign()).toBe('failed')
  await type(other, 'Leivottiin pullaa')
  expect(cut.sent.slice(1).map(({ state, fields }) => [state, fields['done']])).toEqual([
    ['signed', 'Leivottiin'],
    ['draft', 'Leivottiin'],
    ['draft', 'Leivottiin pullaa']
  ])
})

test('a newer text is told from the one that the writing goes on from', () => {
  const writing = begin(line().desk)
  expect([null, own, { ...own, revision: 7 }].map((one) => writing.isBehind(one))).toEqual([
    false,
    false,
    true
  ])
})
