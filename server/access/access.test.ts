import { expect, test } from 'vitest'
import { daySchema } from '#contract/day-shape.ts'
import type { Day } from '#contract/day.ts'
import { documentTypeSchema, type DocumentType } from '#contract/document.ts'
import type { Entry } from '#contract/entry.ts'
import { customershipIdSchema, entryIdSchema, userIdSchema } from '#contract/id.ts'
import { taskSchema, type Role, type Task } from '#contract/role.ts'
import { viewOf, type View } from '#contract/view.ts'
import type { AssignmentFacts, CustomershipFacts } from '#server/store/customership-facts.ts'
import { access, throughView, viewName } from './access.ts'

const day = (text: string): Day => daySchema.parse(text)
const kaisla = userIdSchema.parse('01999999-9999-7999-8999-999999999901')
const urho = userIdSchema.parse('01999999-9999-7999-8999-999999999902')
const customership = customershipIdSchema.parse('11111111-1111-4111-8111-111111111111')
const entry = entryIdSchema.parse('01999999-9999-7999-8999-999999999999')

/** Half past midnight in Helsinki: in UTC it is still the day before. */
const now = Date.parse('2026-11-21T22:30:00Z')

const facts = (
  state: CustomershipFacts['state'] = 'active',
  endDay: string | null = null
): CustomershipFacts => ({
  id: customership,
  revision: 1,
  state,
  startDay: day('2026-01-01'),
  endDay: endDay === null ? null : day(endDay),
  deleteBy: null,
  endReason: null,
  restrictedOn: null
})

const assigned = (
  from: string,
  until: string | null,
  tasks: Task[] = ['care'],
  worker = kaisla
): AssignmentFacts => ({
  customership,
  entry,
  worker,
  from: day(from),
  until: until === null ? null : day(until),
  tasks
})

const valid = assigned('2026-01-01', null)

interface Case {
  readonly name: string
  readonly role?: Role
  readonly tasks?: Task[]
  readonly facts?: CustomershipFacts
  readonly assignments?: AssignmentFacts[]
  readonly where?: 'office' | 'tablet'
  readonly sees: string[] | null
  readonly purgeAfter?: string | null
}

const all = [
  'assignment',
  'completion-request',
  'contact',
  'decision',
  'document',
  'note',
  'profile',
  'suggestion',
  'visit'
]

const cases: Case[] = [
  { name: 'worker, assigned without end', assignments: [valid], sees: all, purgeAfter: null },
  { name: 'worker, not assigned', sees: null },
  {
    name: 'worker, another is assigned',
    assignments: [assigned('2026-01-01', null, ['care'], urho)],
    sees: null
  },
  {
    name: 'worker at the office, assigned',
    assignments: [valid],
    where: 'office',
    sees: all,
    purgeAfter: null
  },
  { name: 'worker at the office, not assigned', where: 'office', sees: null },
  {
    name: 'the last day of the assignment',
    assignments: [assigned('2026-01-01', '2026-11-22')],
    sees: all,
    purgeAfter: '2026-11-22'
  },
  { name: 'the day after it', assignments: [assigned('2026-01-01', '2026-11-21')], sees: null },
  {
    name: 'an assignment that begins as far ahead as is shown',
    assignments: [assigned('2026-11-24', null)],
    sees: all,
    purgeAfter: null
  },
  { name: 'one that begins a day later', assignments: [assigned('2026-11-25', null)], sees: null },
  {
    name: 'the latest of several assignments',
    assignments: [assigned('2026-01-01', '2026-11-30'), assigned('2026-11-01', '2026-12-10')],
    sees: all,
    purgeAfter: '2026-12-10'
  },
  {
    name: 'the end of the customership before that of the assignment',
    facts: facts('ending', '2026-12-01'),
    assignments: [assigned('2026-01-01', '2026-12-10')],
    sees: all,
    purgeAfter: '2026-12-01'
  },
  {
    name: 'the end day itself',
    facts: facts('ending', '2026-11-22'),
    assignments: [valid],
    sees: all,
    purgeAfter: '2026-11-22'
  },
  {
    name: '§7 the day after the end, not yet closed',
    facts: facts('ending', '2026-11-21'),
    assignments: [valid],
    sees: null
  },
  {
    name: '§7 a closed one',
    facts: facts('closed', '2026-11-21'),
    assignments: [valid],
    sees: null
  },
  {
    name: '§7 a closed one, for a main user’s tablet',
    role: 'main-user',
    tasks: ['administration'],
    facts: facts('closed', '2026-11-21'),
    assignments: [valid],
    sees: null
  },
  {
    name: '§7 one being deleted',
    facts: facts('deleting', '2026-11-21'),
    assignments: [valid],
    sees: null
  },
  {
    name: 'main user at the office, not assigned',
    role: 'main-user',
    tasks: ['administration'],
    where: 'office',
    sees: all,
    purgeAfter: null
  },
  {
    name: 'main user at the office, closed',
    role: 'main-user',
    tasks: ['administration'],
    where: 'office',
    facts: facts('closed', '2026-11-21'),
    sees: all,
    purgeAfter: '2026-11-21'
  },
  {
    name: 'main user at the office, being deleted',
    role: 'main-user',
    tasks: ['administration'],
    where: 'office',
    facts: facts('deleting'),
    sees: null
  },
  {
    name: 'main user at a tablet, not assigned',
    role: 'main-user',
    tasks: ['administration'],
    sees: null
  },
  {
    name: 'main user at a tablet, assigned',
    role: 'main-user',
    tasks: ['administration'],
    assignments: [valid],
    sees: all,
    purgeAfter: null
  },
  {
    name: '§12 data protection officer at the office',
    role: 'main-user',
    tasks: ['oversight'],
    where: 'office',
    sees: null
  },
  {
    name: '§12 data protection officer at a tablet',
    role: 'main-user',
    tasks: ['oversight'],
    assignments: [valid],
    sees: null
  },
  {
    name: '§12 worker whose task is reporting',
    tasks: ['reporting'],
    assignments: [assigned('2026-01-01', null, ['reporting'])],
    sees: ['decision', 'visit'],
    purgeAfter: null
  },
  {
    name: '§12 worker whose task is documents',
    tasks: ['documents'],
    assignments: [assigned('2026-01-01', null, ['documents'])],
    sees: ['decision', 'document', 'profile'],
    purgeAfter: null
  },
  {
    name: '§12 a task that the worker does not have',
    tasks: ['reporting'],
    assignments: [valid],
    sees: null
  },
  {
    name: '§12 a task that the assignment does not give',
    tasks: ['care', 'documents'],
    assignments: [assigned('2026-01-01', null, ['documents'])],
    sees: ['decision', 'document', 'profile'],
    purgeAfter: null
  },
  {
    name: '§12 administration is no worker’s',
    tasks: ['administration'],
    assignments: [assigned('2026-01-01', null, ['administration'])],
    sees: null
  }
]

test.each(cases)('$name', (one) => {
  const decided = access(
    { id: kaisla, role: one.role ?? 'worker', tasks: one.tasks ?? ['care'] },
    { facts: one.facts ?? facts(), assignments: one.assignments ?? [] },
    { now, aheadDays: 2, where: one.where ?? 'tablet' }
  )
  expect(decided && Object.keys(decided.view.kinds).sort()).toEqual(one.sees)
  if (one.sees) expect(decided?.purgeAfter).toBe(one.purgeAfter)
})

test('§12 who reports hours sees when a visit was, not its reason', () => {
  const visit = {
    id: entry,
    kind: 'visit',
    revision: 1,
    at: '2026-11-22T09:00:00Z',
    by: kaisla,
    data: { worker: kaisla, state: 'cancelled-late', reason: 'sairaus' }
  } as unknown as Entry
  const shown = throughView(viewOf('worker', ['reporting']), visit)
  expect(shown?.data).toEqual({ worker: kaisla, state: 'cancelled-late' })
  expect(throughView(viewOf('worker', ['care']), visit)).toEqual(visit)
  expect(throughView(viewOf('worker', ['documents']), visit)).toBeNull()
})

const careOperations: View['operations'] = [
  'document.add',
  'document.part',
  'note.amend',
  'note.draft',
  'note.merge',
  'note.sign',
  'profile.suggest',
  'usage.report',
  'visit.record'
]

/** Pinned by hand: a view that grows does so here first. */
const views: Record<Task, Pick<View, 'kinds' | 'documentTypes' | 'operations'>> = {
  care: {
    kinds: Object.fromEntries(all.map((kind) => [kind, 'all'])),
    documentTypes: ['medication-permit', 'transport-permit'],
    operations: careOperations
  },
  documents: {
    kinds: { profile: ['birthDate', 'firstName', 'lastName'], decision: 'all', document: 'all' },
    documentTypes: 'all',
    operations: ['document.add', 'document.part', 'usage.report']
  },
  reporting: {
    kinds: {
      decision: 'all',
      visit: [
        'decision',
        'endedAt',
        'forkOf',
        'plannedEnd',
        'plannedStart',
        'product',
        'startedAt',
        'state',
        'worker'
      ]
    },
    documentTypes: [],
    operations: ['usage.report']
  },
  administration: {
    kinds: Object.fromEntries(all.map((kind) => [kind, 'all'])),
    documentTypes: 'all',
    operations: careOperations
  },
  oversight: { kinds: {}, documentTypes: [], operations: [] }
}

test.each(taskSchema.options)(
  '§12 the task %s sees this and does this, and nothing else',
  (task) => {
    // Where somebody lives under turvakielto is for whoever makes the visit.
    const protectedAddress = task === 'care'
    expect(viewOf('worker', [task])).toEqual({
      role: 'worker',
      tasks: [task],
      ...views[task],
      protectedAddress
    })
  }
)

test('§12 two tasks see what each of them sees', () => {
  expect(viewOf('worker', ['reporting', 'documents'])).toMatchObject({
    kinds: { ...views.reporting.kinds, ...views.documents.kinds },
    documentTypes: 'all'
  })
  expect(viewOf('worker', ['care', 'reporting'])).toMatchObject({
    kinds: views.care.kinds,
    documentTypes: views.care.documentTypes
  })
})

test('§12 who cares sees the permits among the documents; who handles documents sees them all', () => {
  const document = (type: DocumentType) =>
    ({ id: entry, kind: 'document', revision: 1, data: { type } }) as unknown as Entry
  const seenBy = (task: Task) =>
    documentTypeSchema.options.filter((type) =>
      throughView(viewOf('worker', [task]), document(type))
    )
  expect(seenBy('care')).toEqual(['medication-permit', 'transport-permit'])
  expect(seenBy('documents')).toEqual(documentTypeSchema.options)
  expect(seenBy('reporting')).toEqual([])
})

test('a view’s name changes with whatever it depends on and with nothing else', () => {
  const care = viewOf('worker', ['care'])
  const name = viewName(care, null, 'g1')
  expect(viewName(viewOf('worker', ['care']), null, 'g1')).toBe(name)
  const others = [
    viewName(viewOf('worker', ['care', 'documents']), null, 'g1'),
    viewName(care, day('2026-12-01'), 'g1'),
    viewName(care, null, 'g2')
  ]
  expect(new Set([name, ...others]).size).toBe(4)
  expect(name).toMatch(/^[A-Za-z0-9_-]{4,64}$/)
})
