// Reads a calendar file with ical.js and prints what it understood as JSON.
// node icaljs_read.mjs <folder of the package ical.js> <file>
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [, , folder, file] = process.argv;
const { default: ICAL } = await import(pathToFileURL(join(folder, "dist", "ical.js")));

const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    title: event.summary,
    text: event.description,
    wholeDay: event.startDate.isDate,
    begin: event.startDate.isDate
      ? event.startDate.toString()
      : event.startDate.toJSDate().toISOString(),
    end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
    kind: component.getFirstPropertyValue("x-runback-kind"),
  };
});
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("name"), events }));
