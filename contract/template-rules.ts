import { childWelfareField, concernField, isAlarming } from './alarm.ts'
import { closerForms, formOf } from './field-words.ts'
import { isPermitType } from './permit.ts'
import type { Issue } from './problem.ts'
import type { Template, TemplateField } from './template.ts'

type Options = TemplateField['options']
type Say = (code: string, ...under: (string | number)[]) => void

const isTwice = <T>(all: readonly T[], one: T): boolean =>
  all.filter((other) => other === one).length > 1

function wrongOptions(options: Options, least: number, say: Say): void {
  if ((options ?? []).length < least) say('options')
  const ids = (options ?? []).map(({ id }) => id)
  if (ids.some((id) => isTwice(ids, id))) say('taken')
}

function wrongCells(field: TemplateField, say: Say): void {
  const cells = field.cells ?? []
  if (cells.length === 0 || cells.length > 6) say('cells')
  const ids = cells.map(({ id }) => id)
  if (ids.some((id) => isTwice(ids, id))) say('taken')
  for (const { as, options } of cells) {
    if (as !== undefined && as !== 'time' && as !== 'choice') say('form')
    if (as === 'choice') wrongOptions(options, 1, say)
  }
}

function wrongForm(field: TemplateField, say: Say): void {
  const isKnown = closerForms.some((one) => one === field.as)
  if (field.as !== undefined && (field.form !== 'text' || !isKnown)) say('form')
  const form = formOf(field)
  if (form === 'ticks' || form === 'choice') wrongOptions(field.options, 1, say)
  if (form === 'goals') wrongOptions(field.options, 2, say)
  if (form === 'rows') wrongCells(field, say)
}

function wrongTerms(field: TemplateField, fields: readonly TemplateField[], say: Say): void {
  if (field.permit !== undefined && !isPermitType(field.permit)) say('permit')
  // What cannot be filled without a permit, or without goals, would keep a note from being signed.
  const isAlwaysThere = field.permit === undefined && formOf(field) !== 'goals'
  if (field.mandatory && !isAlwaysThere) say('mandatory')
  if (field.with === undefined) return
  const flag = fields.find(({ id }) => id === field.with)
  if (flag?.form !== 'flag' || flag.with !== undefined) say('with')
}

/** The fields that no template loses: in them a worker says that somebody may need help. */
const kept = [concernField, childWelfareField]

/**
 * What is wrong with the next version of a template. An id never comes to mean something else: a draft
 * that was begun on one version may be merged on another.
 */
export function wrongInTemplate(
  former: readonly Template[],
  { fields }: Pick<Template, 'fields'>
): Issue[] {
  const issues: Issue[] = []
  const before = former.flatMap((version) => version.fields)
  const ids = fields.map(({ id }) => id)
  for (const [at, field] of fields.entries()) {
    const say: Say = (code) => void issues.push({ path: ['fields', at], code })
    if (isTwice(ids, field.id)) say('taken')
    wrongForm(field, say)
    wrongTerms(field, fields, say)
    const same = before.find(({ id }) => id === field.id)
    if (same && formOf(same) !== formOf(field)) say('form')
  }
  for (const id of kept) {
    const now = fields.find((field) => field.id === id)
    const isThere = now?.form === 'flag' && isAlarming(now) && now.with === undefined
    if (before.some((field) => field.id === id) && !isThere)
      issues.push({ path: ['fields'], code: id })
  }
  return issues
}
