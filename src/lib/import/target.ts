import { importFields, type ImportKind } from '#contract/import.ts'

/** How many contacts, decisions and assignments one wide row may hold. */
export const groups = { contact: 3, decision: 2, assignment: 2 } as const

/**
 * What a column is: `''` is left out, `key` joins the rows of one client, `profile.fullName` and
 * `profile.fullAddress` are several fields in one, the rest is a field: `contact2.phone`.
 */
export type Target = string

export interface ParsedTarget {
  readonly kind: ImportKind
  readonly group: number
  readonly field: string
}

export function parseTarget(target: Target): ParsedTarget | null {
  const [, kind, group, field] = /^([a-z]+?)([1-3]?)\.([A-Za-z]+)$/.exec(target) ?? []
  if (kind === undefined || field === undefined || !(kind in importFields)) return null
  return { kind: kind as ImportKind, group: Number(group === '' ? 1 : group), field }
}

const ofGroup = (kind: keyof typeof groups, group: number): Target[] =>
  importFields[kind].map((field) => `${kind}${group}.${field}`)

/** Every target, in the groups in which a person looks for it. */
export const targetGroups: readonly {
  readonly name: string
  readonly targets: readonly Target[]
}[] = [
  {
    name: 'profile',
    targets: [
      'key',
      'profile.fullName',
      ...importFields.profile.map((field) => `profile.${field}`),
      'profile.fullAddress'
    ]
  },
  ...(['contact', 'decision', 'assignment'] as const).flatMap((kind) =>
    Array.from({ length: groups[kind] }, (_, index) => ({
      name: `${kind}${index + 1}`,
      targets: ofGroup(kind, index + 1)
    }))
  )
]

const allTargets = new Set(targetGroups.flatMap(({ targets }) => targets))
export const isTarget = (text: string): boolean => text === '' || allTargets.has(text)

/** Fields that hold one of a few words: each word of the file is given its meaning once. */
export const worded = [
  'profile.language',
  'contact.relation',
  'contact.custody',
  'decision.organiser',
  'decision.product',
  'decision.funding',
  'decision.controller',
  'decision.per',
  'assignment.worker',
  'assignment.tasks'
] as const
export type Worded = (typeof worded)[number]

export function wordedOf(target: Target): Worded | null {
  const parsed = parseTarget(target)
  const name = parsed && `${parsed.kind}.${parsed.field}`
  return worded.find((each) => each === name) ?? null
}

/** What every row needs and a file may leave to be said once for all of them. */
export const sayable = [
  'decision.organiser',
  'decision.product',
  'decision.funding',
  'decision.controller',
  'decision.per',
  'contact.relation',
  'assignment.tasks'
] as const satisfies readonly Worded[]
export type Sayable = (typeof sayable)[number]
