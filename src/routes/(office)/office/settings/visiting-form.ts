import { phoneToStored } from '#contract/phone.ts'
import {
  visitingRequestSchema,
  type Organisation,
  type VisitingRequest
} from '#contract/settings.ts'
import { formatPhone } from '#lib/i18n/phone.ts'
import { readWith, type FormReading } from '#lib/i18n/wrong.ts'

/** Whom a worker calls beside 112 and the office, and whether an address may be looked up elsewhere. */
export interface VisitingForm {
  socialEmergencyPhone: string
  isMapOn: boolean
  mapLink: string
}

type Settings = Pick<Organisation, 'socialEmergencyPhone' | 'mapLink'>

export const visitingToForm = ({ socialEmergencyPhone, mapLink }: Settings): VisitingForm => ({
  socialEmergencyPhone: socialEmergencyPhone ? formatPhone(socialEmergencyPhone) : '',
  isMapOn: mapLink !== undefined,
  mapLink: mapLink ?? ''
})

export function readVisitingForm(form: VisitingForm, based: number): FormReading<VisitingRequest> {
  const phone = form.socialEmergencyPhone.trim()
  return readWith(visitingRequestSchema, {
    based,
    socialEmergencyPhone: phone === '' ? null : phoneToStored(phone),
    mapLink: form.isMapOn ? form.mapLink.trim() : null
  })
}

/** Who learns the address that is looked up; null while that is not yet written. */
export function hostOf(mapLink: string): string | null {
  return URL.parse(mapLink.trim().replace('{address}', ''))?.host ?? null
}
