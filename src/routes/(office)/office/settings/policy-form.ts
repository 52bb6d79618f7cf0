import type { UserId } from '#contract/id.ts'
import {
  policyRequestSchema,
  standardLogYears,
  type PolicyRequest,
  type PolicySettings
} from '#contract/settings.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

/** What an ending and the logs go by, as the form holds it: numbers are text until they are read. */
export interface PolicyForm {
  deleteAfterDays: string
  lapseDays: string
  logYears: string
  /** Nobody named: every main user is warned. */
  warned: readonly UserId[]
}

/** DOMAIN's default, where the settings name none. */
const standardLapseDays = 30

export function policyToForm(policy: PolicySettings): PolicyForm {
  const { deleteAfterDays, warned = [] } = policy
  const { lapseDays = standardLapseDays, logYears = standardLogYears } = policy
  return {
    deleteAfterDays: String(deleteAfterDays),
    lapseDays: String(lapseDays),
    logYears: String(logYears),
    warned
  }
}

export const isSame = (one: PolicyForm, other: PolicyForm): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))

/** Whoever has been closed since can be warned of nothing. */
export function readPolicyForm(
  form: PolicyForm,
  based: number,
  mainUsers: readonly UserId[]
): FormReading<PolicyRequest> {
  return readWith(policyRequestSchema, {
    based,
    deleteAfterDays: wholeNumber(form.deleteAfterDays),
    lapseDays: wholeNumber(form.lapseDays),
    logYears: wholeNumber(form.logYears),
    warned: mainUsers.filter((id) => form.warned.includes(id))
  })
}

const wholeNumber = (text: string): number | null =>
  /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : null

const inOrder = ({ deleteAfterDays, lapseDays, logYears, warned }: PolicyForm) => [
  deleteAfterDays.trim(),
  lapseDays.trim(),
  logYears.trim(),
  [...warned].sort()
]
