/** The list of reports. */
import type { DatasetClass } from "../../declare";
import { CommunityOverview } from "./community-overview";

export const reports: DatasetClass[] = [CommunityOverview];
