import { trimObservation } from "../../../agent/tools.ts";
import { fenced, skillListing } from "../../listing.ts";
import { withoutSecrets } from "../../screen.ts";
import { type Trajectory, trajectoryText } from "../../trajectory.ts";
import { type Briefing, differenceSection } from "./briefing.ts";
import type { FixCheck } from "./fix-check.ts";

/** About how much of the trajectory, and of each text file of the task, is shown, in characters; the title of the files. */
interface Shown {
  readonly trajectoryChars: number;
  readonly fileChars: number;
  readonly filesTitle: string;
}

/**
 * A failure as an analyst is shown it who may see the reference: sections of a user message, without secrets.
 *
 * The skill stands first, since it is the same for all trajectories of a round: a server has read it already.
 */
export async function failureSections(
  trajectory: Trajectory,
  { domain, task, options, parent }: FixCheck,
  briefing: Briefing,
  { trajectoryChars, fileChars, filesTitle }: Shown,
): Promise<readonly string[]> {
  const files = [...(await domain.files(task, options))].flatMap(([path, content]) =>
    typeof content === "string"
      ? [`### ${path}`, fenced(trimObservation(withoutSecrets(content).text, fileChars))]
      : [],
  );
  return [
    skillListing(parent),
    "## The trajectory",
    `The grader failed it: ${trajectory.because}`,
    fenced(trajectoryText(trajectory, trajectoryChars), "markdown"),
    "## The reference",
    fenced(domain.reveal(task).text),
    ...differenceSection(briefing),
    ...(files.length === 0 ? [] : [filesTitle, ...files]),
  ];
}
