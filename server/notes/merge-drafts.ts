import { toMoment } from '#contract/day.ts'
import type { Entry } from '#contract/entry.ts'
import { entryMadeBy } from '#contract/id.ts'
import { differingFields, type Note } from '#contract/note.ts'
import { claimedAt, type OperationOf } from '#contract/operation.ts'
import type { Template } from '#contract/template.ts'
import type { Deed, Settled } from '#server/access/deed.ts'
import type { CustomershipChange } from '#server/store/customership-change.ts'
import { dropContinuedFork } from './continued-fork.ts'
import { fitsTemplate } from './fits-template.ts'
import { putNote } from './put-note.ts'

const wait = (code: 'waits-for' | 'invalid'): Settled => ({ outcome: 'awaiting-decision', code })

/**
 * The author made one text of two. It becomes the note, if the note is still the draft that was seen;
 * else it stands beside what came in between, and is asked about again. The other version stays in the
 * record, and is open no more.
 */
export const mergeDrafts: Deed<'note.merge'> = async (change, operation, { organisation, now }) => {
  const { note, fork, fields } = operation.body
  const current = await change.entry('note', note)
  if (!current) return wait('waits-for')
  const other = await change.entry('note', fork)
  const kept = keptVersion(current, other, operation, organisation.templates)
  if (!kept) return wait('invalid')

  const isSigned = current.data.state === 'signed'
  // What adds nothing to a signed text only settles the draft beside it.
  if (isSigned && differingFields(current.data.fields, fields).length === 0)
    return settle(change, operation, other, note)

  const writtenAt = toMoment(Math.min(claimedAt(operation), now))
  const { visit, author, forkOf } = current.data
  const data: Note = { ...{ visit, ...kept, fields, state: 'draft', author, writtenAt } }
  const isAsSeen = !isSigned && !current.data.mergedInto && current.revision === operation.based
  if (isAsSeen) {
    await putNote(change, note, { ...data, ...(forkOf ? { forkOf } : {}) }, organisation)
    return settle(change, operation, other, note)
  }
  await dropContinuedFork(change, operation, note)
  const beside = entryMadeBy(operation.id)
  await putNote(change, beside, { ...data, forkOf: note }, organisation)
  return { ...(await settle(change, operation, other, beside)), code: 'forked' }
}

/** The template of the merged text: the newer of the two, where it has all its fields. Null: no such merge may be. */
function keptVersion(
  note: Entry<'note'>,
  fork: Entry<'note'> | null,
  { author, body }: OperationOf<'note.merge'>,
  templates: readonly Template[]
): Pick<Note, 'template' | 'templateVersion'> | null {
  const versions = [note.data, ...(fork ? [fork.data] : [])]
  const { visit } = note.data
  const isOwn = versions.every(
    (version) => version.author === author && version.visit === visit && !version.amends
  )
  if (!isOwn || note.id === fork?.id) return null
  const fitting = versions
    .toSorted((a, b) => b.templateVersion - a.templateVersion)
    .find(({ template, templateVersion }) =>
      fitsTemplate(templates, { ...body, visit, template, templateVersion }, 'draft')
    )
  if (!fitting) return null
  const { template, templateVersion } = fitting
  return { template, templateVersion }
}

async function settle(
  change: CustomershipChange,
  { author }: OperationOf<'note.merge'>,
  fork: Entry<'note'> | null,
  mergedInto: NonNullable<Note['mergedInto']>
) {
  const open = fork && (await change.entry('note', fork.id))
  // A signed text is never touched; a fork that was written on has another id by now, and stays open.
  if (open?.data.state === 'draft' && !open.data.mergedInto)
    await change.put('note', open.id, { ...open.data, mergedInto }, author)
  return { outcome: 'applied', revision: change.revision } as const
}
