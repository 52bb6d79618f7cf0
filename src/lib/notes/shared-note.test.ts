import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CustomershipId, EntryId } from '#contract/id.ts'
import type { FieldValue, NoteFields, NoteWriting } from '#contract/note.ts'
import type { Template } from '#contract/template.ts'
import { NoteForm } from './note-form.svelte.ts'
import { SharedNote } from './shared-note.svelte.ts'

const title = (text: string) => ({ fi: text, sv: text, en: text })
const text = (id: string, more: object = {}) => ({
  ...{ id, title: title(id), form: 'text' as const, mandatory: false },
  ...more
})
const flag = (id: string, more: object = {}) => ({ ...text(id), form: 'flag' as const, ...more })

const template: Template = {
  id: 'home-care',
  version: 3,
  title: title('Kotipalvelu'),
  fields: [
    { id: 'done', title: title('Tehtiin'), form: 'ticks', options: [], mandatory: true },
    text('course'),
    text('observations', { mandatory: true }),
    text('goals', { as: 'goals' }),
    text('medicine', { permit: 'medication-permit' }),
    flag('concern', { alert: true }),
    text('what', { with: 'concern' })
  ]
}
const field = (id: string) => template.fields.find((one) => one.id === id)!

const children = ['Aino', 'Eino', 'Oiva', 'Kerttu'] as const
const idOf = (name: string) => name as CustomershipId

/** Devices that save when let, one form for each child. */
function world(count = 2, fields: Readonly<Record<string, NoteFields>> = {}) {
  const kept: Record<string, NoteFields> = {}
  const signed: string[] = []
  const full = new Set<string>()
  let isHeldUp = false
  const waiting: (() => void)[] = []
  const partOf = (name: string, on: Template = template) => ({
    customership: idOf(name),
    form: new NoteForm({
      template: on,
      note: `note-${name}` as EntryId,
      visit: `visit-${name}` as EntryId,
      fields: fields[name] ?? {},
      submit: async (op: string, body: NoteWriting) => {
        if (isHeldUp) await new Promise<void>((resolve) => waiting.push(resolve))
        if (full.has(name)) throw new Error('full')
        kept[name] = body.fields
        if (op === 'note.sign') signed.push(name)
      },
      later: () => () => undefined
    })
  })
  const names = children.slice(0, count)
  const note = new SharedNote(...names.map((name) => partOf(name)))
  note.present = names.map((name) => ({
    customership: idOf(name),
    names: { firstName: name, lastName: 'Kuusinen' }
  }))
  const holdUp = () => (isHeldUp = true)
  const letGo = () => {
    isHeldUp = false
    for (const resolve of waiting.splice(0)) resolve()
  }
  return { note, kept, signed, full, partOf, holdUp, letGo }
}
const settle = () => new Promise((resolve) => setTimeout(resolve))
const complete = { done: ['meals'], observations: 'Hyvä päivä' }

describe('a note that is written once', () => {
  test('is kept in each customership as a note of its own', async () => {
    const { note, kept } = world(3)
    note.write(field('done'), ['meals'])
    note.write(field('course'), 'Leikittiin')
    await note.keep()
    expect(kept).toEqual({
      Aino: { done: ['meals'], course: 'Leikittiin' },
      Eino: { done: ['meals'], course: 'Leikittiin' },
      Oiva: { done: ['meals'], course: 'Leikittiin' }
    })
  })

  test('is called saved only when every one of them is durable, and kept words of one do not hide a loss', async () => {
    const { note, full, holdUp, letGo } = world()
    holdUp()
    note.write(field('done'), ['meals'])
    await settle()
    expect(note.saveState).toBe('saving')
    letGo()
    await note.flush()
    expect(note.saveState).toBe('saved')
    full.add('Eino')
    note.write(field('course'), 'Leikittiin')
    await expect(note.keep()).rejects.toThrow('not saved')
    expect(note.saveState).toBe('failed')
    full.clear()
    await note.keep()
    expect(note.saveState).toBe('saved')
  })

  test('written apart stays apart, whatever is written of the rest', async () => {
    const { note, kept } = world()
    note.write(field('observations'), 'Yhteinen')
    note.separate(field('observations'))
    expect(note.isApart(field('observations'))).toBe(true)
    note.partOf(idOf('Eino'))?.form.write('observations', 'Einon oma')
    note.write(field('course'), 'Leikittiin')
    await note.keep()
    expect(kept).toEqual({
      Aino: { observations: 'Yhteinen', course: 'Leikittiin' },
      Eino: { observations: 'Einon oma', course: 'Leikittiin' }
    })
  })

  test('whatever differs when it is opened again is shown apart: no word of one is another’s', () => {
    const values = fc.option(fc.constantFrom<FieldValue>('', 'a', 'b', true, false, [], ['x']), {
      nil: undefined
    })
    fc.assert(
      fc.property(values, values, (one, other) => {
        const begun = (value: FieldValue | undefined) =>
          value === undefined ? {} : { course: value }
        const { note } = world(2, { Aino: begun(one), Eino: begun(other) })
        const says = (value: FieldValue | undefined) =>
          Array.isArray(value) ? value.join() : value === true ? 'true' : value || ''
        expect(note.isApart(field('course'))).toBe(says(one) !== says(other))
      })
    )
  })

  test('goals, and what a permit allows, are of one client only; what goes with a flag goes apart with it', () => {
    const { note } = world()
    expect(template.fields.filter((one) => note.isApart(one)).map(({ id }) => id)).toEqual([
      'goals',
      'medicine'
    ])
    note.separate(field('concern'))
    expect(note.isApart(field('what'))).toBe(true)
    expect(template.fields.filter((one) => world(1).note.isApart(one))).toEqual([])
  })

  test('whoever comes along is written what all have, and no goal, permit or concern of another', () => {
    const { note } = world(1, {
      Aino: {
        ...complete,
        ...{ goals: 'x', medicine: 'y', concern: true, what: 'z' }
      }
    })
    expect(note.fieldsForAll()).toEqual(complete)
  })

  test('of another template is none of its parts, and who leaves loses no word', async () => {
    const { note, kept, partOf } = world()
    note.join(partOf('Oiva', { ...template, version: 4 }))
    expect(note.parts).toHaveLength(2)
    note.write(field('course'), 'Leikittiin')
    note.leave(idOf('Eino'))
    await note.keep()
    expect(kept['Eino']).toEqual({ course: 'Leikittiin' })
    note.write(field('course'), 'Ilman Einoa')
    await note.keep()
    expect(kept['Eino']).toEqual({ course: 'Leikittiin' })
  })
})

describe('signing what is written once', () => {
  test('signs all, or none until every one is complete', async () => {
    const { note, signed } = world()
    note.write(field('done'), ['meals'])
    note.separate(field('observations'))
    note.partOf(idOf('Aino'))?.form.write('observations', 'Hyvä päivä')
    expect(await note.sign()).toBe('incomplete')
    expect(signed).toEqual([])
    expect(note.missing.map(({ field: { id }, part }) => [id, part?.customership])).toEqual([
      ['observations', 'Eino']
    ])
    note.partOf(idOf('Eino'))?.form.write('observations', 'Väsynyt')
    expect(await note.sign()).toBe('signed')
    expect(signed).toEqual(['Aino', 'Eino'])
    expect(note.open).toEqual([])
  })

  test('§8 no note is signed in which another is named, before it is written apart or changed', async () => {
    const { note, signed } = world(2, { Aino: complete, Eino: complete })
    note.write(field('observations'), 'Ainolla oli nuha')
    expect(await note.sign()).toBe('naming')
    expect(note.naming).toMatchObject([{ field: { id: 'observations' }, part: null }])
    note.separate(field('observations'))
    // In her own note her name is no other's.
    expect(note.naming.map(({ part }) => part?.customership)).toEqual(['Eino'])
    note.partOf(idOf('Eino'))?.form.write('observations', 'Reipas')
    expect(await note.sign()).toBe('signed')
    expect(signed).toEqual(['Aino', 'Eino'])
  })

  test('a word that the writer says is no name stands, and a name in a sentence does not', async () => {
    const { note } = world(2, { Aino: complete, Eino: complete })
    note.write(field('course'), 'Ainoa leikki oli hippa')
    expect(note.naming).toHaveLength(1)
    note.allow('Ainoa')
    expect(note.naming).toEqual([])
    note.write(field('course'), 'Haettiin Ainoa koulusta')
    expect(note.naming).toHaveLength(1)
  })

  test('what one device refused can be signed again, and the rest is signed', async () => {
    const { note, signed, full } = world(2, { Aino: complete, Eino: complete })
    full.add('Eino')
    expect(await note.sign()).toBe('failed')
    expect(signed).toEqual(['Aino'])
    expect(note.open.map(({ customership }) => customership)).toEqual(['Eino'])
    full.clear()
    expect(await note.sign()).toBe('signed')
    expect(signed).toEqual(['Aino', 'Eino'])
  })

  test('somebody whose note is written elsewhere is named here no more than the rest', () => {
    const { note } = world(1, { Aino: { course: 'Eino nukkui' } })
    expect(note.naming).toEqual([])
    note.present = [
      ...note.present,
      { customership: idOf('Eino'), names: { firstName: 'Eino', lastName: 'Kuusinen' } }
    ]
    expect(note.naming).toMatchObject([{ part: null }])
  })
})
