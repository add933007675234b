import { channel } from './channel';
import { common, failure, session } from './common';
import { employers } from './employers';
import { documents, searchTest } from './documents';
import { fairs } from './fairs';
import { graduates } from './graduates';
import { canned, deadlines, reports } from './help';
import { inbox } from './inbox';
import { audit, deliveries, people, settings } from './people';
import { knowledge, upkeep } from './knowledge';
import { announcements, postings } from './postings';
import { shell } from './shell';
import { shortcuts } from './shortcuts';
import { surveys, trainings } from './surveys';
import { ticket } from './ticket';

/** Everything the console says. */
export const texts = { common, failure, session, shell, inbox, ticket, channel, shortcuts, people, audit, settings, deliveries, graduates, canned, deadlines, reports, knowledge, upkeep, postings, fairs, announcements, employers, documents, searchTest, surveys, trainings };
