/** Plans runs of very many ROIs away from the page. */
import { serve } from "../base/worker-serve.ts";
import type { PlanCard } from "./plan-card.ts";
import { answerPlan, type PlanRequest } from "./plan-request.ts";

serve<PlanRequest, PlanCard>(async (request) => ({ value: answerPlan(request) }));
