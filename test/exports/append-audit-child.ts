import { appendAudit } from '../../main/store/audit.ts';
import { databaseFile } from '../../main/store/files.ts';
import { openForWriting } from '../../main/store/open.ts';

const [dir, count] = process.argv.slice(2) as [string, string];
const db = openForWriting(databaseFile(dir));
for (let n = 0; n < Number(count); n++) appendAudit({ dir, db }, 'test', { n });
db.close();
