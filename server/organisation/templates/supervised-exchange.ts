import type { Template } from '#contract/template.ts'
import { closing, done, present } from './every-note.ts'
import { choice, titleOf } from './fields.ts'
import {
  decisionReference,
  events,
  handoverTimes,
  interpreter,
  parentsApart
} from './meeting-fields.ts'

export const supervisedExchange: Template = {
  id: 'supervised-exchange',
  version: 1,
  title: titleOf(['Valvottu vaihto', 'Övervakat byte', 'Supervised exchange']),
  fields: [
    events,
    choice('direction', ['Lapsi siirtyi', 'Barnet övergick', 'The child moved'], {
      'to-meeting-parent': [
        'Tapaavalle vanhemmalle',
        'Till umgängesföräldern',
        'To the meeting parent'
      ],
      'to-home-parent': ['Lähivanhemmalle', 'Till boföräldern', 'To the home parent']
    }),
    present,
    parentsApart,
    interpreter,
    handoverTimes,
    done,
    decisionReference,
    ...closing
  ]
}
