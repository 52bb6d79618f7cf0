import { isAlarming } from '#contract/alarm.ts'
import { formOf, type CloserForm } from '#contract/field-words.ts'
import { templateRequestSchema, type TemplateRequest } from '#contract/settings.ts'
import { wrongInTemplate } from '#contract/template-rules.ts'
import type { Template, TemplateCell, TemplateField } from '#contract/template.ts'
import type { Title } from '#contract/text.ts'

/** A title as it is typed: what is empty is said in the first language that is not. */
export interface TitleForm {
  fi: string
  sv: string
  en: string
}

export interface OptionForm {
  readonly id: string
  title: TitleForm
}

export interface CellForm extends OptionForm {
  isTime: boolean
  /** One of its options, which are edited nowhere and stay as they are. */
  readonly kept: TemplateCell | null
}

export const formNames = [
  'ticks',
  'choice',
  'text',
  'flag',
  'time',
  'rows',
  'goals'
] as const satisfies readonly (TemplateField['form'] | CloserForm)[]
export type FormName = (typeof formNames)[number]

export interface FieldForm {
  readonly id: string
  /** It is in a published version: its form is settled, since notes were written in it. */
  readonly isKnown: boolean
  readonly isAlarming: boolean
  form: FormName
  title: TitleForm
  help: TitleForm
  mandatory: boolean
  permit: string
  with: string
  options: OptionForm[]
  cells: CellForm[]
  readonly alert: boolean | undefined
}

export interface TemplateForm {
  title: TitleForm
  fields: FieldForm[]
}

export const noTitle = (): TitleForm => ({ fi: '', sv: '', en: '' })

function titleToForm(title: Title | undefined): TitleForm {
  if (!title) return noTitle()
  const { fi, sv, en } = title
  return { fi, sv: sv === fi ? '' : sv, en: en === fi ? '' : en }
}

/** Null while it is said in no language. */
export function readTitle({ fi, sv, en }: TitleForm): Title | null {
  const first = [fi, sv, en].map((each) => each.trim()).find((each) => each !== '')
  if (first === undefined) return null
  return { fi: fi.trim() || first, sv: sv.trim() || first, en: en.trim() || first }
}

export function fieldToForm(field: TemplateField, isKnown: boolean): FieldForm {
  return {
    ...{ id: field.id, isKnown, isAlarming: isAlarming(field), alert: field.alert },
    ...{ form: formOf(field), mandatory: field.mandatory },
    ...{ title: titleToForm(field.title), help: titleToForm(field.help) },
    ...{ permit: field.permit ?? '', with: field.with ?? '' },
    options: (field.options ?? []).map(({ id, title }) => ({ id, title: titleToForm(title) })),
    cells: (field.cells ?? []).map((cell) => ({
      ...{ id: cell.id, title: titleToForm(cell.title), isTime: cell.as === 'time' },
      kept: cell.as === undefined || cell.as === 'time' ? null : cell
    }))
  }
}

export const templateToForm = ({ title, fields }: Template): TemplateForm => ({
  title: titleToForm(title),
  fields: fields.map((field) => fieldToForm(field, true))
})

const untitled: Title = { fi: '…', sv: '…', en: '…' }
const titleOf = (title: TitleForm): Title => readTitle(title) ?? untitled

const cellOf = ({ id, title, isTime, kept }: CellForm): TemplateCell => ({
  ...(kept ?? (isTime ? { as: 'time' } : {})),
  ...{ id, title: titleOf(title) }
})

export const hasOptions = (form: FormName): boolean =>
  form === 'ticks' || form === 'choice' || form === 'goals'

/** What cannot always be filled is never asked for before signing. */
export const mayBeMandatory = ({ form, permit }: FieldForm): boolean =>
  form !== 'goals' && permit === ''

function fieldOf(field: FieldForm): TemplateField {
  const { id, form, alert } = field
  const isBasic = form === 'ticks' || form === 'choice' || form === 'text' || form === 'flag'
  const help = readTitle(field.help)
  return {
    ...{ id, title: titleOf(field.title) },
    ...(isBasic ? { form } : { form: 'text', as: form }),
    ...(help ? { help } : {}),
    ...(hasOptions(form)
      ? { options: field.options.map((one) => ({ id: one.id, title: titleOf(one.title) })) }
      : {}),
    ...(form === 'rows' ? { cells: field.cells.map(cellOf) } : {}),
    mandatory: field.mandatory && mayBeMandatory(field),
    ...(alert === undefined ? {} : { alert }),
    ...(field.permit === '' ? {} : { permit: field.permit }),
    ...(field.with === '' ? {} : { with: field.with })
  }
}

/** As a worker would see it now, also while a title is still missing. */
export const shownTemplate = (form: TemplateForm, id: string, version: number): Template => ({
  ...{ id, version, title: titleOf(form.title) },
  fields: form.fields.map(fieldOf)
})

export type WrongOfField = 'title' | 'options' | 'cells' | 'other'

export interface TemplateReading {
  readonly read: TemplateRequest | null
  /** What to mend, by the field's id; the template's own title under ``. */
  readonly wrong: Readonly<Record<string, WrongOfField>>
}

const lacksTitle = ({ title, options, cells, form }: FieldForm): boolean =>
  [
    title,
    ...(hasOptions(form) ? options : []).map((one) => one.title),
    ...(form === 'rows' ? cells : []).map((one) => one.title)
  ].some((each) => readTitle(each) === null)

export function readTemplateForm(
  form: TemplateForm,
  template: string,
  follows: number,
  former: readonly Template[]
): TemplateReading {
  const { title, fields } = shownTemplate(form, template, follows + 1)
  const wrong: Record<string, WrongOfField> = {}
  for (const { path, code } of wrongInTemplate(former, { fields })) {
    const field = form.fields[Number(path[1])]
    wrong[field?.id ?? ''] = code === 'options' || code === 'cells' ? code : 'other'
  }
  for (const field of form.fields) if (lacksTitle(field)) wrong[field.id] = 'title'
  if (readTitle(form.title) === null) wrong[''] = 'title'
  if (Object.keys(wrong).length > 0) return { read: null, wrong }
  const read = templateRequestSchema.safeParse({ template, follows, title, fields })
  return read.success ? { read: read.data, wrong } : { read: null, wrong: { '': 'other' } }
}

/** `id` is none that any version has used, here or on another editor's page: an id keeps its meaning. */
export function newField(id: string): FieldForm {
  const field: TemplateField = { id, title: untitled, form: 'text', mandatory: false }
  return { ...fieldToForm(field, false), title: noTitle() }
}

/** What goes with a flag goes on without it when that is taken away. */
export const withoutField = (fields: readonly FieldForm[], id: string): FieldForm[] =>
  fields
    .filter((field) => field.id !== id)
    .map((field) => (field.with === id ? { ...field, with: '' } : field))

/** The standard's fields that this template never had: an id that it knows is left alone. */
export function standardFields(
  standard: Template,
  form: TemplateForm,
  former: readonly Template[]
): FieldForm[] {
  const known = new Set([
    ...form.fields.map(({ id }) => id),
    ...former.flatMap((version) => version.fields.map(({ id }) => id))
  ])
  return standard.fields
    .filter(({ id }) => !known.has(id))
    .map((field) => fieldToForm(field, false))
}
