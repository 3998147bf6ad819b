import { type ExportableReport, exportableReport } from '../../../shared/model/exportable-run.ts';

/** The report as JSON, fields in the order of the schema. Throws when the report has an unknown field. */
export const renderJson = (report: ExportableReport): string =>
  `${JSON.stringify(exportableReport.parse(report), null, 2)}\n`;
