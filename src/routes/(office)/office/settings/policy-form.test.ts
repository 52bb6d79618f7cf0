import { expect, test } from 'vitest'
import { userIdSchema } from '#contract/id.ts'
import { standardOrganisation } from '#server/organisation/standard.ts'
import { isSame, policyToForm, readPolicyForm } from './policy-form.ts'

const sirpa = userIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8051')
const maija = userIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8052')
const form = { deleteAfterDays: '60', lapseDays: ' 30 ', logYears: '12', warned: [maija, sirpa] }

test('§7 the days to deletion and to a lapse are numbers within their bounds', () => {
  expect(readPolicyForm(form, 4, [sirpa, maija]).read).toEqual({
    based: 4,
    deleteAfterDays: 60,
    lapseDays: 30,
    logYears: 12,
    warned: [sirpa, maija]
  })
  expect(readPolicyForm({ ...form, deleteAfterDays: '91', lapseDays: 'ei' }, 4, []).wrong).toEqual({
    deleteAfterDays: 'wrong.deleteAfterDays',
    lapseDays: 'wrong.lapseDays'
  })
})

test('logs are kept as long as the law asks or longer, and never shorter', () => {
  const reading = (logYears: string) => readPolicyForm({ ...form, logYears }, 4, [])
  for (const years of ['12', '30']) expect(reading(years).read?.logYears).toBe(Number(years))
  for (const years of ['11', '31', '', 'kauan'])
    expect(reading(years).wrong).toEqual({ logYears: 'wrong.logYears' })
})

test('§7 whoever is no main user any more is not named', () => {
  expect(readPolicyForm(form, 4, [sirpa]).read?.warned).toEqual([sirpa])
})

test('a form that says the same in another order is untouched', () => {
  expect(isSame(form, { ...form, lapseDays: '30', warned: [sirpa, maija] })).toBe(true)
  expect(isSame(form, { ...form, warned: [sirpa] })).toBe(false)
  expect(isSame(form, { ...form, logYears: '20' })).toBe(false)
})

test('where the settings say nothing, the form shows what holds', () => {
  const { policy } = standardOrganisation({ name: 'Kotiapu Oy', organiser: 'Mallikunta' })
  expect(policyToForm(policy)).toEqual({
    deleteAfterDays: '60',
    lapseDays: '30',
    logYears: '12',
    warned: []
  })
})
