/** The behaviour of the page. Everything it adds is a picture or a comfort: the page reads the same without it. */

import '../charts/charts.css'
import '../charts/map.css'
import '../charts/plot.css'
import '../charts/weave.css'
import './page.css'
import type { Reading } from '../charts/reading'
import { cards } from './cards'
import { figures } from './figures'
import { printing } from './printing'
import { theme } from './theme'

performance.mark('selvedge:start')
const reading = JSON.parse(document.querySelector('#reading')?.textContent ?? '') as Reading
figures(reading)
performance.measure('selvedge:drawn', 'selvedge:start')
theme()
cards()
printing()
