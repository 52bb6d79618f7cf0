import { flag, mandatory, text, ticks } from './fields.ts'

/** Facts, views and judgement stand in fields of their own: a reader must see which is which. */

export const present = ticks('present', ['Paikalla', 'Närvarande', 'Present'], {
  child: ['Lapsi tai lapset', 'Barnet eller barnen', 'Child or children'],
  mother: ['Äiti', 'Mamma', 'Mother'],
  father: ['Isä', 'Pappa', 'Father'],
  'other-guardian': ['Muu huoltaja', 'Annan vårdnadshavare', 'Another guardian'],
  relative: ['Muu läheinen', 'Annan närstående', 'Another relative or friend'],
  authority: ['Viranomainen', 'Myndighet', 'An authority']
})

export const done = mandatory(text('done', ['Toteutus', 'Genomförande', 'What was done']))

export const observations = text('observations', ['Havainnot', 'Iakttagelser', 'Observations'])

export const clientView = text('client-view', [
  'Asiakkaan näkemys',
  'Klientens syn',
  "The client's view"
])

export const childView = text('child-view', ['Lapsen näkemys', 'Barnets syn', "The child's view"])

export const assessment = text('assessment', [
  'Työntekijän arvio',
  'Arbetstagarens bedömning',
  "The worker's assessment"
])

export const agreed = text('agreed', [
  'Sovittu jatkosta',
  'Överenskommet om fortsättningen',
  'What was agreed'
])

export const concern = {
  ...flag('concern', ['Huoli tai poikkeama', 'Oro eller avvikelse', 'Concern or deviation']),
  alert: true
}

export const childWelfareNotification = flag('child-welfare-notification', [
  'Lastensuojeluilmoitus tehty',
  'Barnskyddsanmälan gjord',
  'Child welfare notification made'
])

/** How every note ends, in this order. */
export const closing = [
  observations,
  clientView,
  childView,
  assessment,
  agreed,
  concern,
  childWelfareNotification
]
