import { choice, flag, mandatory, rows, text, ticks } from './fields.ts'

/** What a court or an authority may later read: times, who met whom, and facts without judgement. */

export const decisionReference = text('decision-reference', [
  'Päätös, johon tapaaminen perustuu',
  'Beslut som mötet grundar sig på',
  'Decision behind the meeting'
])

export const handoverTimes = mandatory(
  rows(
    'handover-times',
    ['Lapsen tulo ja lähtö', 'Barnets ankomst och avfärd', "The child's arrival and departure"],
    {
      came: { words: ['Tuli klo', 'Kom kl.', 'Came at'], as: 'time' },
      left: { words: ['Lähti klo', 'Gick kl.', 'Left at'], as: 'time' },
      with: { words: ['Kenen kanssa', 'Med vem', 'With whom'] }
    }
  )
)

export const interruptions = rows('interruptions', ['Keskeytykset', 'Avbrott', 'Interruptions'], {
  from: { words: ['Alkoi klo', 'Började kl.', 'From'], as: 'time' },
  until: { words: ['Päättyi klo', 'Slutade kl.', 'Until'], as: 'time' },
  why: { words: ['Syy', 'Orsak', 'Reason'] }
})

export const parentsApart = choice(
  'parents-apart',
  ['Vanhemmat pysyivät erillään', 'Föräldrarna hölls åtskilda', 'Parents were kept apart'],
  {
    yes: ['Kyllä', 'Ja', 'Yes'],
    no: ['Ei', 'Nej', 'No'],
    'not-required': ['Ei vaadittu', 'Krävdes inte', 'Not required']
  }
)

export const events = ticks('events', ['Tapahtumat', 'Händelser', 'Events'], {
  'as-planned': ['Toteutui suunnitellusti', 'Genomfördes enligt planen', 'Went as planned'],
  late: ['Myöhästyminen', 'Försening', 'Someone was late'],
  interrupted: ['Keskeytyi', 'Avbröts', 'Interrupted'],
  'ended-early': ['Päättyi etuajassa', 'Slutade i förtid', 'Ended early'],
  intervened: ['Työntekijä puuttui', 'Arbetstagaren ingrep', 'The worker intervened']
})

export const interpreter = flag('interpreter', [
  'Tulkki paikalla',
  'Tolk på plats',
  'Interpreter present'
])
