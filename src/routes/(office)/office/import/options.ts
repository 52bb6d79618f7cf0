import { custodySchema, relationSchema } from '#contract/contact.ts'
import { fundingSchema, grantPeriodSchema } from '#contract/decision.ts'
import { languageSchema } from '#contract/text.ts'
import type { Desk } from '#lib/customerships/office-desk.svelte.ts'
import { say } from '#lib/i18n/say.ts'
import { titleIn } from '#lib/i18n/title.ts'
import type { Option } from '#lib/import/meaning.ts'
import type { Worded } from '#lib/import/target.ts'

/** What the words of a file may mean here: fixed lists, and the settings and people of the organisation. */
export function optionsOf(desk: Desk): (field: Worded) => readonly Option[] {
  const listed: Record<Worded, () => readonly Option[]> = {
    'profile.language': () =>
      languageSchema.options.map((value) => ({ value, label: say(`language.${value}`) })),
    'contact.relation': () =>
      relationSchema.options.map((value) => ({ value, label: say(`relation.${value}`) })),
    'contact.custody': () =>
      custodySchema.options.map((value) => ({ value, label: say(`custody.${value}`) })),
    'decision.organiser': () =>
      (desk.organisation?.organisation.organisers ?? []).map(({ id, name }) => ({
        value: id,
        label: name
      })),
    'decision.product': () =>
      (desk.organisation?.organisation.products ?? []).map(({ id, title }) => ({
        value: id,
        label: titleIn(title),
        also: Object.values(title)
      })),
    'decision.funding': () =>
      fundingSchema.options.map((value) => ({ value, label: say(`funding.${value}`) })),
    'decision.controller': () =>
      (['organiser', 'provider'] as const).map((value) => ({
        value,
        label: say(`controller.${value}`)
      })),
    'decision.per': () =>
      grantPeriodSchema.options.map((value) => ({ value, label: say(`grant-period.${value}`) })),
    'assignment.worker': () =>
      (desk.organisation?.people ?? []).map(({ id, displayName }) => ({
        value: id,
        label: displayName
      })),
    'assignment.tasks': () =>
      (['care', 'documents', 'reporting'] as const).map((value) => ({
        value,
        label: say(`task.${value}`)
      }))
  }
  return (field) => listed[field]()
}
