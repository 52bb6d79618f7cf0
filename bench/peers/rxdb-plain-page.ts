import { offerRxDB } from './rxdb-page.ts'

offerRxDB(false)
