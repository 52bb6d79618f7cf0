import { describe, expect, test } from 'vitest'
import type { EntryId } from '#contract/id.ts'
import type { NoteFields, NoteWriting } from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { NoteForm } from './note-form.svelte.ts'

const title = (text: string) => ({ fi: text, sv: text, en: text })

const template: Template = {
  id: 'home-care',
  version: 3,
  title: title('Kotipalvelu'),
  fields: [
    { id: 'done', title: title('Mitä tehtiin'), form: 'ticks', options: [], mandatory: true },
    { id: 'observed', title: title('Havainnot'), form: 'text', mandatory: true },
    { id: 'concern', title: title('Huoli'), form: 'flag', mandatory: false, alert: true }
  ]
}

/** Timers that run only when told, and a device that saves only when let. */
function world(fields: NoteFields = {}) {
  const timers = new Set<{ milliseconds: number; run: () => void }>()
  const sent: { op: string; body: NoteWriting; finish: () => void; fail: () => void }[] = []
  const form = new NoteForm({
    template,
    note: '0198c0de-0000-7000-8000-000000000001' as EntryId,
    visit: '0198c0de-0000-7000-8000-000000000002' as EntryId,
    fields,
    submit: (op, body) =>
      new Promise((resolve, reject) =>
        sent.push({ op, body, finish: () => resolve(null), fail: () => reject(new Error('full')) })
      ),
    later: (milliseconds, run) => {
      const timer = { milliseconds, run }
      timers.add(timer)
      return () => timers.delete(timer)
    }
  })
  const pass = (milliseconds: number) => {
    for (const timer of [...timers]) {
      if (timer.milliseconds > milliseconds) continue
      timers.delete(timer)
      timer.run()
    }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return { form, sent, timers, pass, settle }
}

describe('a note that is being written', () => {
  test('takes in what another tab writes of it, but not over words written here', async () => {
    const { form, sent, settle } = world({ done: ['meals'], observed: 'Ennen' })
    form.write('observed', 'Täällä')
    form.follow({ done: ['meals', 'laundry'], observed: 'Siellä', concern: true })
    expect(form.fields).toEqual({ done: ['meals', 'laundry'], observed: 'Täällä', concern: true })
    void form.flush()
    await settle()
    expect(sent.at(-1)?.body.fields).toEqual(form.fields)
  })

  test('is saved within 500 ms of the last keystroke, and not at each one', async () => {
    const { form, sent, pass, settle } = world()
    form.write('observed', 'L')
    form.write('observed', 'Lapsi')
    expect(sent).toHaveLength(0)
    pass(500)
    await settle()
    expect(sent.map(({ op, body }) => [op, body.fields])).toEqual([
      ['note.draft', { observed: 'Lapsi' }]
    ])
  })

  test('is called saved only when the device holds it', async () => {
    const { form, sent, pass, settle } = world()
    expect(form.saveState).toBe('untouched')
    form.write('observed', 'Lapsi')
    expect(form.saveState).toBe('saving')
    pass(500)
    await settle()
    expect(form.saveState).toBe('saving')
    sent[0]?.finish()
    await settle()
    expect(form.saveState).toBe('saved')
  })

  test('is not called saved while words typed during a save are unsaved', async () => {
    const { form, sent, pass, settle } = world()
    form.write('observed', 'Lapsi')
    pass(500)
    await settle()
    form.write('observed', 'Lapsi nukkui')
    sent[0]?.finish()
    await settle()
    expect(form.saveState).toBe('saving')
    pass(500)
    await settle()
    sent[1]?.finish()
    await settle()
    expect(form.saveState).toBe('saved')
    expect(sent[1]?.body.fields).toEqual({ observed: 'Lapsi nukkui' })
  })

  test('saves one after another, so that the newest words are the last', async () => {
    const { form, sent, settle } = world()
    form.write('done', ['meals'])
    form.write('done', ['meals', 'laundry'])
    await settle()
    expect(sent).toHaveLength(1)
    sent[0]?.finish()
    await settle()
    expect(sent.map(({ body }) => body.fields['done'])).toEqual([['meals'], ['meals', 'laundry']])
  })

  test('is saved at a tick at once', async () => {
    const { form, sent, settle } = world()
    form.write('done', ['meals'])
    await settle()
    expect(sent).toHaveLength(1)
  })

  test('is saved even if the writer never pauses', async () => {
    const { form, sent, timers, settle } = world()
    form.write('observed', 'L')
    form.write('observed', 'La')
    // Each keystroke puts the pause off; only the longest wait runs out.
    for (const timer of timers) if (timer.milliseconds > 500) timer.run()
    await settle()
    expect(sent).toHaveLength(1)
  })

  test('keeps its words when the device is full, and tries again', async () => {
    const { form, sent, pass, settle } = world()
    form.write('observed', 'Lapsi')
    pass(500)
    await settle()
    sent[0]?.fail()
    await settle()
    expect(form.saveState).toBe('failed')
    expect(form.fields).toEqual({ observed: 'Lapsi' })
    void form.flush()
    await settle()
    sent[1]?.finish()
    await settle()
    expect(form.saveState).toBe('saved')
  })

  test('is sealed by a flush before the lock, which waits until it holds', async () => {
    const { form, sent, settle } = world()
    form.write('observed', 'Lapsi')
    let flushed = false
    void form.flush().then(() => (flushed = true))
    await settle()
    expect(flushed).toBe(false)
    sent[0]?.finish()
    await settle()
    expect(flushed).toBe(true)
  })

  test('does not call itself kept when a word was typed while it was being saved', async () => {
    const { form, sent, settle } = world()
    form.write('observed', 'Lapsi')
    const kept = form.keep()
    await settle()
    form.write('observed', 'Lapsi nukkui')
    sent[0]?.finish()
    await expect(kept).rejects.toThrow('not saved')
    const again = form.keep()
    await settle()
    sent[1]?.finish()
    await again
    expect(sent.at(-1)?.body.fields).toEqual({ observed: 'Lapsi nukkui' })
  })

  test('§8 masks a personal identity code and keeps the rest', async () => {
    const { form } = world()
    form.write('observed', 'Äidin tunnus 010594Y9032 kysyttiin')
    expect(form.fields['observed']).toBe('Äidin tunnus ••••••-•••• kysyttiin')
    expect(form.masked).toEqual(['observed'])
  })

  test('names the mandatory fields that are empty, in order, and is not signed', async () => {
    const { form, sent } = world()
    expect(await form.sign()).toBe('incomplete')
    expect(form.missing).toEqual(['done', 'observed'])
    form.write('done', ['meals'])
    expect(form.missing).toEqual(['observed'])
    expect(sent.every(({ op }) => op === 'note.draft')).toBe(true)
  })

  test('is signed with what the screen shows, once, and then stands', async () => {
    const { form, sent, pass, settle } = world({ done: ['meals'] })
    form.write('observed', 'Lapsi')
    const signing = form.sign()
    pass(4000)
    await settle()
    sent[0]?.finish()
    expect(await signing).toBe('signed')
    form.write('observed', 'Muutos')
    pass(4000)
    await settle()
    expect(form.fields['observed']).toBe('Lapsi')
    expect(sent.map(({ op, body }) => [op, body.fields])).toEqual([
      ['note.sign', { done: ['meals'], observed: 'Lapsi' }]
    ])
  })

  test('that could not be signed stays a draft with its words', async () => {
    const { form, sent, settle } = world({ done: ['meals'], observed: 'Lapsi' })
    const signing = form.sign()
    await settle()
    sent[0]?.fail()
    expect(await signing).toBe('failed')
    expect(form.signed).toBe(false)
    expect(form.fields).toEqual({ done: ['meals'], observed: 'Lapsi' })
  })

  test('knows a concern', () => {
    const { form } = world()
    expect(form.concern).toBe(false)
    form.write('concern', true)
    expect(form.concern).toBe(true)
  })
})
