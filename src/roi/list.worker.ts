/** Lists, checks and writes out ROIs away from the page. */
import { serve } from "../base/worker-serve.ts";
import { type ListAnswer, ListHost, type ListRequest } from "./list-host.ts";

const host = new ListHost();
serve<ListRequest, ListAnswer>((request, options) => host.answer(request, options));
