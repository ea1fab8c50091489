/** Made by `npm run openapi` from apps/console/openapi.json, not by hand. */

export interface paths {
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, when and why; newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Examine what all systems stand on: database, broker, queues, services */
        post: operations["examineGround"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/examinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the doctors have found, system by system and in what all stand on */
        get: operations["listExaminations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Failures one by one, newest first */
        get: operations["listFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put open failures aside; those that come later are not among them */
        post: operations["archiveFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have 1C offer the students of these failures again: for what is mended in 1C */
        post: operations["askFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an action upon these would touch */
        get: operations["countFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table for a spreadsheet; what it would take for a formula is text */
        get: operations["exportFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a failed message may be edited */
        get: operations["readEditForm"];
        put?: never;
        /** Send a failed message as edited: a new event, linked to the failure */
        post: operations["sendEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/edit/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an edit would change, and what its schema says of it; nothing is sent */
        post: operations["tryEdit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open failures by cause, the largest group first, with their last day by hour */
        get: operations["groupFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note upon failures */
        post: operations["noteFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/one": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All about one failure; who may not see names gets the message without them */
        get: operations["readFailure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/failures/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what was put aside */
        post: operations["restoreFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files of IMS Enterprise that were taken, and what became of them */
        get: operations["listFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom a one-time link is for */
        post: operations["readInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use a one-time link: set the password and be signed in */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events as they came, newest first; they hold no names */
        get: operations["listJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes, as it does: events `change` with `{ topic }`, resumed by Last-Event-ID, and a `beat` every 15 s */
        get: operations["follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the last look at the mapping has found: what is missing, rows and examples */
        get: operations["readMapping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mapping/examination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at the whole publication now; changes nothing, may take tens of seconds */
        post: operations["examineMapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for a person, who was told of it and when, and what is wrong with the telling */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a notice that says it is a test, by every channel */
        post: operations["testNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openid/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the identity provider leads back to */
        get: operations["finishSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openid/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign in by the university's identity provider */
        get: operations["startSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is it well, and what waits for a person */
        get: operations["readOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for each service, what it has in hand, who reads, and what holds it up */
        get: operations["listQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replays, newest first */
        get: operations["listReplays"];
        put?: never;
        /** Put messages back into the queues they died in: for what is mended in Moodle */
        post: operations["startReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One replay and what came of its messages */
        get: operations["readReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The messages of a replay, in the order in which they go */
        get: operations["listReplayItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop it: what is not sent stays open; what is in flight goes on */
        post: operations["stopReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in; null when nobody is */
        get: operations["readSession"];
        put?: never;
        /** Sign in */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the own password; other browsers are signed out */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out everywhere */
        delete: operations["signOutEverywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find students: by code, group or Moodle id */
        get: operations["findStudents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/students/story": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A student's whole story: what 1C said, what was done, what failed, what 1C was told */
        get: operations["readStory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The systems (Moodle sites) by their names */
        get: operations["listSystems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One system: its state, and what services have found */
        get: operations["readSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/ask-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have 1C offer students, a group or those of a curriculum again */
        post: operations["askAgainFor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/ask-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask 1C now, without waiting for the interval */
        post: operations["askNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Courses of a Moodle by name, short name, ID number or number */
        get: operations["searchCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/courses/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What stands behind these numbers, and where nobody can be enrolled */
        post: operations["checkCourses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/examination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Examine a system now; what is found stands in the list when it has ended */
        post: operations["examineSystem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/files/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget what is held: nothing of it is applied */
        post: operations["discardFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/files/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply what is held, although it removes many */
        post: operations["releaseFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file: its unusable records, and the persons whom it changes */
        get: operations["showFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/flags/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the Error flags in 1C that the hourly limit holds back */
        post: operations["releaseFlags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/lost-answers/cleared": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Error rows left in 1C by lost answers are looked after: say no more of them */
        post: operations["clearLostAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the pass is: how many are left, how fast it goes, who is under way */
        get: operations["readPass"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the work with a system, or some services of it, until a person resumes it */
        post: operations["pauseSystem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/queues/{service}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A day of one queue: each minute of the last hour, ten minutes at a time before */
        get: operations["readHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suspensions of enrolments that are held until a person decides */
        get: operations["listRemovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/removals/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget what is held: the enrolments stay as they are */
        post: operations["discardRemovals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/removals/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend what is held, where nobody wants it even now */
        post: operations["releaseRemovals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/systems/{system}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a pause that a person has put */
        post: operations["resumeSystem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who may sign in */
        get: operations["listUsers"];
        put?: never;
        /** Add somebody; the answer is a link by which they set their password */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{login}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change somebody's name or roles, or keep them out */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/users/{login}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new link by which somebody sets a password; the old password holds until it is used */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{login}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign somebody out everywhere */
        delete: operations["signOutUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptInvitation: {
            token: string;
            password: string;
            /** @description Of the first administrator's link alone. */
            login?: string;
            /** @description Of the first administrator's link alone. */
            name?: string;
        };
        Archive: {
            selection: components["schemas"]["Selection"];
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        AskAgain: {
            selection: components["schemas"]["Selection"];
            /** @description Why; it stands in the audit. */
            reason?: string;
        };
        Asked: {
            systems: components["schemas"]["AskedSystem"][];
        };
        AskedNow: {
            /**
             * @description `paused`: asks when the pause ends.
             * @enum {string}
             */
            state: "asking" | "paused" | "underWay";
        };
        AskedSystem: {
            system: string;
            /** @description 1C offers these students again. */
            asked: string[];
            refused: {
                code: string;
                reason: string;
            }[];
            /** @description This 1C has no Reoffer: which rows of its register a person deletes, to the same effect. */
            byHand?: {
                register: string;
                els: string;
                codes: string[];
            };
            /** @description 1C could not be asked. */
            failure?: components["schemas"]["Bilingual"];
        };
        Attempt: {
            time: string;
            /** @description Cut where it is long: `…` at its end says so. */
            kind: string;
            /** @description Cut where it is long: `…` at its end says so. */
            cause: string;
            /** @description Cut where it is long: `…` at its end says so. */
            about: string;
            reason: components["schemas"]["Bilingual"];
        };
        Audit: {
            entries: components["schemas"]["AuditEntry"][];
            more: boolean;
        };
        AuditEntry: {
            id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            by: string;
            action: string;
            system: string | null;
            /** @description The id of what it was done to: a failure, a replay, a student. */
            about: string | null;
            reason: string | null;
            /** @description What was given or changed, by name. */
            fields: string[];
            /** @description Null: it is not known; the process may have died. */
            outcome: ("done" | "failed") | null;
            /** @description How many it touched. */
            number: number | null;
        };
        Bilingual: {
            /** @description Cut where it is long: `…` at its end says so. */
            ru: string;
            /** @description Cut where it is long: `…` at its end says so. */
            en: string;
        };
        ChangePassword: {
            present: string;
            password: string;
        };
        ChannelTried: {
            /** @enum {string} */
            channel: "mail" | "webhook";
            to: string[];
            /** @description Null: it went. */
            failure: components["schemas"]["Bilingual"] | null;
        };
        CourseState: {
            /** @description The course's number in Moodle, or its idnumber. */
            course: string;
            /** @enum {string} */
            state: "enrolled" | "failed" | "waiting" | "unclear";
            reason?: components["schemas"]["Bilingual"];
        };
        Done: {
            /** @enum {string} */
            state: "done" | "underWay";
        };
        Edit: {
            path: string;
            value: (string | number) | null;
        };
        EditChange: {
            path: string;
            /** @description Null: it is not there. */
            before: string | number | null;
            /** @description Null: it is not there. */
            after: string | number | null;
        };
        EditField: {
            /** @description `person.lastname`, `courses.0.id` */
            path: string;
            /**
             * @description `moment`: Unix seconds.
             * @enum {string}
             */
            type: "text" | "number" | "moment" | "role";
            /** @description Null: it is not there. */
            value: string | number | null;
            optional: boolean;
            /** @description Of a role. */
            choices?: string[];
        };
        EditForm: {
            /** @description Why the message cannot be edited; null: it can. */
            why: components["schemas"]["Bilingual"] | null;
            fields: components["schemas"]["EditField"][];
        };
        EditIssue: {
            path: string;
            message: components["schemas"]["Bilingual"];
        };
        EditOrder: {
            id: string;
            edits: components["schemas"]["Edit"][];
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        EditTried: {
            /** @description Why the message cannot be edited any more. */
            why: components["schemas"]["Bilingual"] | null;
            changes: components["schemas"]["EditChange"][];
            /** @description Why it may not be sent so. */
            issues: components["schemas"]["EditIssue"][];
        };
        EditTry: {
            id: string;
            edits: components["schemas"]["Edit"][];
        };
        Edited: {
            replay: components["schemas"]["Replay"];
            /** @description Id of the new event. */
            event: string;
            revision: number;
            fields: string[];
            /** @description False: no console works at the moment; it is sent when one does. */
            onDuty: boolean;
        };
        Examination: {
            /** @description Empty: what all systems stand on. */
            system: string;
            by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            begunAt: string;
            /** @description Null: it is under way. */
            endedAt: string | null;
            /** @description What was found the last time that it ended. */
            parts: {
                /** @enum {string} */
                part: "ground" | "moodle" | "onec";
                findings: components["schemas"]["Finding"][];
            }[];
        };
        ExaminationBegun: {
            /** @description False: it was under way already. */
            begun: boolean;
        };
        Examinations: {
            examinations: components["schemas"]["Examination"][];
        };
        Failure: {
            id: string;
            system: string;
            service: string;
            /** @enum {string} */
            kind: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
            /** @description Cut where it is long: `…` at its end says so. */
            cause: string;
            /** @description Cut where it is long: `…` at its end says so. */
            about: string;
            /** @description The student's; null: the message could not be read, or speaks of no student. */
            code: string | null;
            revision: number | null;
            /** @enum {string} */
            state: "open" | "replaying" | "superseded" | "closed" | "archived";
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            firstSeen: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            lastSeen: string;
            /** @description 1C was asked again. */
            askedAt: string | null;
            /** @description The whole of it, within 20,000 letters. */
            reason: {
                ru: string;
                en: string;
            };
            group: string;
            /** @description There is a message that can be put back. */
            replayable: boolean;
            cure: {
                ru: string;
                en: string;
            } | null;
            eventType: string | null;
            origin: ("onec" | "ims") | null;
            traceId: string | null;
            closedBy: string | null;
            /** @description The replay that put it back last. */
            replay: string | null;
            /** @description Where it has several: each of them, and the group that it makes; else none. */
            causes: components["schemas"]["OneCause"][];
            /** @description Newest first. */
            attempts: components["schemas"]["Attempt"][];
            /** @description Newest first. */
            notes: components["schemas"]["Note"][];
            /** @description How its message was edited and sent anew, newest first. */
            edits: components["schemas"]["FailureEdit"][];
            /** @description The failure whose message was edited to this one. */
            editedFrom: {
                failure: string;
                by: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC.
                 */
                time: string;
                fields: string[];
            } | null;
            /** @description Null: there is no message. */
            message: {
                /** @description The event, where the message is JSON. */
                json?: unknown;
                /** @description Else the beginning of the text. */
                text?: string;
                bytes: number;
                /** @description Fields that this reader may not see; they are not in it. */
                hidden: string[];
            } | null;
        };
        FailureCount: {
            /** @description Open, and with a message: these would be replayed. */
            failures: number;
            students: number;
            /** @description Open, but 1C itself found the fault: only 1C can be asked again. */
            withoutMessage: number;
            replaying: number;
            archived: number;
            /** @description Of `failures`, those of several causes: they stand in several groups. */
            shared: number;
        };
        FailureEdit: {
            /** @description Id of the event that was sent in its place. */
            event: string;
            revision: number;
            replay: string;
            by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            /** @description What was changed, by name. */
            fields: string[];
            /**
             * @description `overtaken`: 1C has offered the student anew, and that counts. `notSent`: it was stopped.
             * @enum {string}
             */
            outcome: "waiting" | "underWay" | "synchronized" | "failed" | "overtaken" | "notSent";
            /** @description Failures that came of it, the newest first. */
            failures: string[];
        };
        FailureGroup: {
            group: string;
            system: string;
            service: string;
            /** @enum {string} */
            kind: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
            /** @description Cut where it is long: `…` at its end says so. */
            cause: string;
            /** @description Cut where it is long: `…` at its end says so. */
            about: string;
            failures: number;
            students: number;
            /** @description Of the failures, those of several causes: they stand in other groups, too. */
            shared: number;
            /** @description Of the failures, those on their way again. */
            replaying: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            firstSeen: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            lastSeen: string;
            reason: components["schemas"]["Bilingual"];
            cure: components["schemas"]["Bilingual"] | null;
            /** @description Id of the newest failure. */
            example: string;
            /** @description Failures that were tried in vain, by hour: 24 numbers, the last one of the present hour. */
            trend: number[];
        };
        FailureGroups: {
            groups: components["schemas"]["FailureGroup"][];
            /**
             * Format: date-time
             * @description When the first hour of the trends begins.
             */
            trendFrom: string;
        };
        FailureList: {
            /** @description Of the whole selection. */
            total: number;
            failures: components["schemas"]["ListedFailure"][];
            /** @description For the page after this one; absent: there is none. */
            next?: string;
        };
        Finding: {
            check: string;
            /** @enum {string} */
            severity: "ok" | "advice" | "warning" | "error";
            what: components["schemas"]["Bilingual"];
            mend?: components["schemas"]["Bilingual"];
        };
        FlagsReleased: {
            /**
             * @description `underWay`: the service goes on by itself.
             * @enum {string}
             */
            state: "done" | "underWay";
            flagged?: number;
            overtaken?: number;
            refused?: {
                code: string;
                reason: string;
            }[];
        };
        FoundStudent: {
            system: string;
            code: string;
            group: string | null;
            /** @description `synchronized`, or a kind of failure; null: none is known yet. */
            outcome: string | null;
        };
        Grant: {
            /** @enum {string} */
            role: "viewer" | "operator" | "administrator" | "ELSCurriculumDeveloper" | "ELSAdministrator" | "deansOffice";
            /** @description Only for these systems; absent: for all. */
            systems?: string[];
        };
        Heartbeat: {
            /** @description The machine of the outside watch. */
            to: string;
            every: string;
            lastCalled: string | null;
            /** @description Why it is not called. */
            trouble: components["schemas"]["TellingTrouble"] | null;
        };
        HeldRemoval: {
            courseId: number;
            codes: string[];
            /** @description Unix milliseconds. */
            since: number;
            /**
             * @description Beyond the hourly limit; or nobody wanted any course, all at once.
             * @enum {string}
             */
            why: "limit" | "emptied";
            /** @description On its way. */
            released: boolean;
        };
        HeldRemovals: {
            /** @description Of when it is; null: it is not known yet. */
            readAt: string | null;
            /** @description It is being asked for since then, and the answer has not come yet. */
            askedSince: string | null;
            /** @description Why it could not be read the last time. */
            trouble: components["schemas"]["Bilingual"] | null;
            /** @description For a decision. */
            waiting: number;
            held: components["schemas"]["HeldRemoval"][];
        };
        ImsChange: {
            /** @description Cut where it is long: `…` at its end says so. */
            code: string;
            /** @enum {string} */
            change: "created" | "changed" | "removed" | "again";
            /** @enum {string} */
            state: "waiting" | "underWay" | "done" | "failed";
            cause: string | null;
            reason: components["schemas"]["Bilingual"] | null;
        };
        ImsCounts: {
            groups: number;
            persons: number;
            memberships: number;
            /** @description Records that could not be taken. */
            problems: number;
            /** @description Courses that a file names for the first time. */
            coursesNew: number;
            /** @description Persons. */
            created: number;
            changed: number;
            removed: number;
            /** @description Unchanged, tried again because the last try failed. */
            again: number;
            membershipsNew: number;
            membershipsRemoved: number;
        };
        ImsDecision: {
            /** @enum {string} */
            decision: "released" | "discarded";
            /** @description Cut where it is long: `…` at its end says so. */
            by: string;
            /** @description Cut where it is long: `…` at its end says so. */
            why: string;
        };
        ImsDecisionOrder: {
            /** @description Absent: all that are held. */
            files?: number[];
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        ImsFile: {
            id: number;
            /** @description Cut where it is long: `…` at its end says so. */
            name: string;
            /** @enum {string} */
            content: "snapshot" | "delta";
            /** @enum {string} */
            state: "claimed" | "held" | "applied" | "rejected" | "discarded";
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            claimedAt: string;
            finishedAt: string | null;
            /** @description Where it lies, below the drop folder. */
            filedAs: string | null;
            counts: components["schemas"]["ImsCounts"] | null;
            /** @description Why nothing of it was applied. */
            damage: components["schemas"]["Bilingual"] | null;
            decision: components["schemas"]["ImsDecision"] | null;
            /** @description Persons whom it changes, by what has become of them. */
            outcomes: {
                [key: string]: number;
            };
        };
        ImsFileWhole: {
            id: number;
            /** @description Cut where it is long: `…` at its end says so. */
            name: string;
            /** @enum {string} */
            content: "snapshot" | "delta";
            /** @enum {string} */
            state: "claimed" | "held" | "applied" | "rejected" | "discarded";
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            claimedAt: string;
            finishedAt: string | null;
            /** @description Where it lies, below the drop folder. */
            filedAs: string | null;
            counts: components["schemas"]["ImsCounts"] | null;
            /** @description Why nothing of it was applied. */
            damage: components["schemas"]["Bilingual"] | null;
            decision: components["schemas"]["ImsDecision"] | null;
            /** @description Persons whom it changes, by what has become of them. */
            outcomes: {
                [key: string]: number;
            };
            /** @description 200 at the most; the report beside the file has all. */
            problems: components["schemas"]["ImsProblem"][];
            /** @description By code, 200 at a time. */
            changes: components["schemas"]["ImsChange"][];
        };
        ImsFiles: {
            /** @description That files feed. */
            systems: components["schemas"]["ImsSystem"][];
        };
        ImsProblem: {
            line: number;
            /** @description Cut where it is long: `…` at its end says so. */
            element: string;
            code: string | null;
            cause: string;
            reason: components["schemas"]["Bilingual"];
        };
        ImsSystem: {
            system: string;
            /** @description Of when it is; null: it is not known yet. */
            readAt: string | null;
            /** @description It is being asked for since then, and the answer has not come yet. */
            askedSince: string | null;
            /** @description Why it could not be read the last time. */
            trouble: components["schemas"]["Bilingual"] | null;
            /** @description The newest first, 200 at the most. */
            files: components["schemas"]["ImsFile"][];
        };
        InvitationToken: {
            token: string;
        };
        Invited: {
            /** @description Null: the link is for the first administrator, who chooses one. */
            login: string | null;
            name: string | null;
        };
        Journal: {
            entries: components["schemas"]["JournalEntry"][];
            next?: string;
        };
        JournalEntry: {
            eventId: string;
            type: string;
            system: string;
            subject: string;
            /** @description A pass of a student. */
            revision: number | null;
            /** @description The service. */
            source: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            traceId: string | null;
            /** @description What the event says, without names; long texts are cut. */
            data: unknown;
        };
        ListedFailure: {
            id: string;
            system: string;
            service: string;
            /** @enum {string} */
            kind: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
            /** @description Cut where it is long: `…` at its end says so. */
            cause: string;
            /** @description Cut where it is long: `…` at its end says so. */
            about: string;
            /** @description The student's; null: the message could not be read, or speaks of no student. */
            code: string | null;
            revision: number | null;
            /** @enum {string} */
            state: "open" | "replaying" | "superseded" | "closed" | "archived";
            attempts: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            firstSeen: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            lastSeen: string;
            /** @description 1C was asked again. */
            askedAt: string | null;
            reason: components["schemas"]["Bilingual"];
            group: string;
            /** @description There is a message that can be put back. */
            replayable: boolean;
        };
        MappingLook: {
            /** @description Null: the mirror is not filled over OData, there is nothing to look at. */
            mappingFile: string | null;
            /** @description Who asked for the last look; null: nobody has yet. */
            by: string | null;
            begunAt: string | null;
            /** @description Null: nobody has looked yet, or it is under way. */
            endedAt: string | null;
            /** @description What is missing or doubtful, as of the last look that ended. */
            findings: components["schemas"]["Finding"][];
            /** @description What each section gives; those that cannot be read are among the findings. */
            sections: components["schemas"]["SectionLook"][];
        };
        MoodleCourse: {
            id: number;
            /** @description Cut where it is long: `…` at its end says so. */
            fullname: string;
            /** @description Cut where it is long: `…` at its end says so. */
            shortname: string;
            /** @description Cut where it is long: `…` at its end says so. */
            idnumber?: string;
            visible: boolean;
        };
        NewNote: {
            selection: components["schemas"]["Selection"];
            text: string;
        };
        NewUser: {
            login: string;
            /** @description Surname and initials. */
            name: string;
            grants: components["schemas"]["Grant"][];
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        Note: {
            time: string;
            /** @description Cut where it is long: `…` at its end says so. */
            by: string;
            /** @description Null: this reader may not see names, and a note may hold some. */
            text: string | null;
        };
        Notice: {
            id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            /** @description The first ten. */
            items: components["schemas"]["NoticeItem"][];
            /** @description Items beyond these. */
            more: number;
            deliveries: components["schemas"]["NoticeDelivery"][];
        };
        NoticeChannel: {
            /** @enum {string} */
            channel: "mail" | "webhook";
            /** @description Addresses of mail; of a webhook the machine alone. */
            to: string[];
            lastSent: string | null;
            /** @description Why notices do not arrive. */
            trouble: components["schemas"]["TellingTrouble"] | null;
        };
        NoticeDelivery: {
            /** @enum {string} */
            channel: "mail" | "webhook";
            attempts: number;
            sentAt: string | null;
            givenUpAt: string | null;
            /**
             * Format: date-time
             * @description When it is tried again, where it was neither sent nor given up.
             */
            nextAt: string;
            /** @description Why it did not go the last time, or whom it did not reach. */
            reason: components["schemas"]["Bilingual"] | null;
        };
        NoticeItem: {
            /** @enum {string} */
            change: "new" | "grown" | "ended";
            /** @description The same as long as it is the same trouble. */
            key: string;
            /** @enum {string} */
            kind: "failures" | "configuration" | "silence" | "flags-held" | "removals-held" | "page-lost" | "mirror-old" | "found";
            /** @description Empty: it concerns no one system. */
            system: string;
            /** @description How large it is: ten times as large is told again. */
            number: number;
            /** Format: date-time */
            since: string;
            /** @description The page that shows it. */
            page: string;
            text: components["schemas"]["Bilingual"];
        };
        Notices: {
            /** @description In which quiet hours are meant. */
            zone: string;
            quietHours: {
                from: string;
                until: string;
            } | null;
            /** @description By which people are told. Empty: nobody is. */
            channels: components["schemas"]["NoticeChannel"][];
            heartbeat: components["schemas"]["Heartbeat"] | null;
            /** @description What waits for a person now: those of the page that was asked for. */
            standing: components["schemas"]["StandingTrouble"][];
            /** @description Of all pages. */
            standingTotal: number;
            /** @description What was told, the newest twenty, newest first. */
            notices: components["schemas"]["Notice"][];
        };
        NoticesTried: {
            tried: components["schemas"]["ChannelTried"][];
        };
        Number: {
            number: number;
        };
        OneCause: {
            group: string;
            /** @enum {string} */
            kind: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
            /** @description Cut where it is long: `…` at its end says so. */
            cause: string;
            /** @description Cut where it is long: `…` at its end says so. */
            about: string;
            reason: components["schemas"]["Bilingual"];
        };
        OneTimeLink: {
            /** @description Shown once: `<address>/welcome#<token>`. Whoever opens it sets the password. */
            link: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expiresAt: string;
        };
        Overview: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            /** @description A console drains dead letters and works replays off. */
            onDuty: boolean;
            /**
             * Format: date-time
             * @description When the first of the hours begins.
             */
            hoursFrom: string;
            systems: components["schemas"]["SystemStatus"][];
            /** @description Causes that wait for a person, the largest ten. */
            waiting: components["schemas"]["WaitingGroup"][];
            /** @description All of them. */
            waitingGroups: number;
            /** @description What services have found and no message carries, the first hundred. */
            troubles: components["schemas"]["Trouble"][];
            troubleCount: number;
            replaysRunning: number;
        };
        Pass: {
            /** @description Of when it is; null: it is not known yet. */
            readAt: string | null;
            /** @description It is being asked for since then, and the answer has not come yet. */
            askedSince: string | null;
            /** @description Why it could not be read the last time. */
            trouble: components["schemas"]["Bilingual"] | null;
            /** @description False: 1C is not our component, and nobody can know how many it has still to offer. */
            counts: boolean;
            /** @description Who continue their education. */
            students: number | null;
            /** @description Whom 1C would offer now: not done, or their time is over. */
            left: number | null;
            /** @description Outcomes a minute, over the last five. */
            perMinute: number;
            /** @description Null: it is not known, or nothing goes on. */
            minutesLeft: number | null;
            /** @description Students whom 1C offered and of whom it has not yet been told. */
            underWay: number;
            /** @description Since when the one is under way that has been so for the longest. */
            oldest: string | null;
            /** @description So many may be under way. */
            window: number;
        };
        Pause: {
            system: string;
            service: string;
            /**
             * @description `person`: only a person ends it. The others end by themselves.
             * @enum {string}
             */
            kind: "outage" | "configuration" | "person" | "broker";
            reason: components["schemas"]["Bilingual"];
            cure: components["schemas"]["Bilingual"] | null;
            by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            since: string;
        };
        PauseOrder: {
            /** @description Absent: all that work with the system. */
            services?: ("user-provisioner" | "course-enroller" | "success-reporter" | "error-flagger" | "onec-poller" | "ims-gateway")[];
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        PausesNow: {
            /** @description That were paused, or resumed. */
            services: string[];
            /** @description That stand now; those of other kinds end by themselves. */
            pauses: components["schemas"]["Pause"][];
        };
        Problem: {
            /** @description `urn:itk:problem:<name>`: by this a client knows it. */
            type: string;
            /** @description In the client's language, by Accept-Language. */
            title: string;
            status: number;
            detail?: string;
            /** @description Stands in the log of the service, too, where the fault is ours. */
            instance: string;
            /** @description Of a request that is not understood: where, and what. */
            issues?: {
                path: string;
                message: string;
            }[];
            /** @description What a client needs to go on, by name. */
            details?: {
                [key: string]: unknown;
            };
        };
        Queue: {
            queue: string;
            system: string;
            service: string;
            /** @enum {string} */
            role: "work" | "retry" | "dead" | "journal";
            /** @description Messages that wait. Absent: there is no such queue. */
            ready?: number;
            /** @description In the hands of consumers. Absent: AMQP does not tell them. */
            unacknowledged?: number;
            consumers?: number;
        };
        QueueHistory: {
            samples: components["schemas"]["QueueSample"][];
        };
        QueueReader: {
            /** @description Its host, and a word of its own. */
            process: string;
            /** @description The product's version that it runs. */
            version: string;
            /**
             * Format: date-time
             * @description Since when it is there.
             */
            since: string;
            /** @description `consuming`: it is the one that takes messages; `paused`; `standby`. */
            state: string;
            inHand: number;
            /** @description Since when the oldest of them is under way. */
            oldest: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            seen: string;
            /** @description It has said nothing for a minute: it hangs, or it is gone. */
            silent: boolean;
        };
        QueueSample: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            /** @description 1 within the last hour, 10 before. */
            minutes: number;
            /** @description Of ten minutes the highest; so are the next three. */
            ready: number | null;
            inHand: number | null;
            retry: number | null;
            dead: number | null;
            /** @description Settled in these minutes; null: not known. */
            done: number | null;
            retried: number | null;
            died: number | null;
        };
        Queues: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            time: string;
            /** @description Of when it is; null: it is not known yet. */
            readAt: string | null;
            /** @description It is being asked for since then, and the answer has not come yet. */
            askedSince: string | null;
            /** @description Why it could not be read the last time. */
            trouble: components["schemas"]["Bilingual"] | null;
            /** @description Where the numbers come from; null: there are none yet. */
            source: ("management" | "amqp") | null;
            /** @description Why not from the management API, though it is configured. */
            whyNot: components["schemas"]["Bilingual"] | null;
            services: components["schemas"]["ServiceQueues"][];
            queues: components["schemas"]["Queue"][];
            pauses: components["schemas"]["Pause"][];
            underWay: components["schemas"]["StudentsUnderWay"][];
            /** @description Why the broker takes no messages from the console; null: it does. */
            heldBack: string | null;
        };
        ReleaseFlags: {
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        RemovalsDecided: {
            /** @enum {string} */
            state: "done" | "underWay";
            number?: number;
        };
        RemovalsDecision: {
            /** @description Only of these courses. */
            courses?: number[];
            /** @description Only of these students. */
            codes?: string[];
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        Replay: {
            id: string;
            by: string;
            /** @description What was chosen. */
            what: {
                [key: string]: unknown;
            };
            /**
             * @description `done`: all is sent; outcomes may still be missing.
             * @enum {string}
             */
            state: "running" | "stopped" | "done";
            /** @description Why it was stopped. */
            remark: components["schemas"]["Bilingual"] | null;
            batchSize: number;
            rate: number | null;
            tryFirst: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            endedAt: string | null;
            /** @description Messages by what became of them. `sent`: the outcome is not known yet. */
            items: {
                [key: string]: number;
            };
        };
        ReplayItem: {
            failure: string;
            position: number;
            /** @enum {string} */
            state: "waiting" | "sending" | "sent" | "succeeded" | "failed" | "superseded" | "stopped";
            remark: string | null;
            sentAt: string | null;
            endedAt: string | null;
            system: string | null;
            code: string | null;
            reason: components["schemas"]["Bilingual"] | null;
        };
        ReplayItems: {
            items: components["schemas"]["ReplayItem"][];
        };
        ReplayOrder: {
            selection: components["schemas"]["Selection"];
            /** @description No more than so many, the oldest first. */
            limit?: number;
            /** @description Messages in one flight; absent: 200. */
            batchSize?: number;
            /** @description Messages a second; absent: as fast as the broker takes them. */
            rate?: number;
            /** @description One goes first; the others when it is through, and not at all when it fails. */
            tryFirst?: boolean;
            /** @description Why; it stands in the audit. */
            reason?: string;
        };
        ReplayOrdered: {
            replay: components["schemas"]["Replay"];
            /** @description Messages that it puts back. */
            taken: number;
            /** @description Chosen too, but on their way in another replay. */
            underWay: number;
            /** @description Chosen too, but without a message: only 1C can be asked again. */
            withoutMessage: number;
            /** @description False: no console works at the moment; it begins when one does. */
            onDuty: boolean;
        };
        ReplayStop: {
            /** @description Why; it stands in the audit. */
            reason?: string;
        };
        Replays: {
            replays: components["schemas"]["Replay"][];
        };
        Restore: {
            selection: components["schemas"]["Selection"];
        };
        ResumeOrder: {
            /** @description Absent: all that work with the system. */
            services?: ("user-provisioner" | "course-enroller" | "success-reporter" | "error-flagger" | "onec-poller" | "ims-gateway")[];
            /** @description Why; it stands in the audit. */
            reason?: string;
        };
        SectionLook: {
            section: string;
            /** @description Of disciplines: which kind. */
            kind: string | null;
            /** @description Where it is read from. */
            set: string;
            /** @description Of the whole set; of a register all records. */
            rows: number;
            fields: string[];
            /** @description Up to ten records as the mirror would see them, names of people by their first letter. */
            examples: string[][];
        };
        Selection: {
            /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
            system?: string;
            service?: string;
            /** @enum {string} */
            kind?: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
            cause?: string;
            about?: string;
            code?: string;
            /** @description A group of failures by cause. */
            group?: string;
            /**
             * Format: date-time
             * @description Last seen from then on.
             */
            since?: string;
            /**
             * Format: date-time
             * @description Last seen before then.
             */
            before?: string;
            /** @description A piece of the reason, in either language, or of the id. */
            text?: string;
            ids?: string[];
            /**
             * @description Everything: it has to be said.
             * @constant
             */
            all?: true;
        };
        ServiceQueues: {
            system: string;
            /** @enum {string} */
            service: "user-provisioner" | "course-enroller" | "success-reporter" | "error-flagger" | "onec-poller" | "ims-gateway";
            /** @description Messages that wait; null: there is no such queue. */
            ready: number | null;
            /** @description In the hands of consumers, as the broker counts; null: not known. */
            unacknowledged: number | null;
            consumers: number | null;
            /** @description Messages that wait to be tried again. */
            retry: number;
            steps: {
                queue: string;
                ready: number;
            }[];
            /** @description Given up, and not yet drained by the console. */
            dead: number;
            /** @description Queues that should be there. */
            missing: string[];
            processes: components["schemas"]["QueueReader"][];
            /** @description As the processes say, a few seconds ago. */
            inHand: number;
            /** @description Since when the oldest message in hand is under way. */
            oldest: string | null;
            /** @description Of the last minute that was sampled; null: not known. */
            perMinute: {
                done: number;
                retried: number;
                dead: number;
            } | null;
            pauses: components["schemas"]["Pause"][];
        };
        Session: {
            user: components["schemas"]["SignedIn"] | null;
            /** @description What stands on the button that leads to `/api/openid/start?to=<page>`; null: there is none. */
            openId: components["schemas"]["Bilingual"] | null;
            /** @description The university's zone (IANA): times are shown in it. */
            zone: string;
        };
        SignIn: {
            login: string;
            password: string;
        };
        SignedIn: {
            login: string;
            name: string;
            grants: components["schemas"]["Grant"][];
            /** @description Known by the identity provider: there is no password here to be changed. */
            openId: boolean;
            /** @description Permitted for some system at least: what the pages offer goes by it. */
            permissions: ("systems.names" | "overview.see" | "failures.see" | "files.see" | "names.see" | "failures.mend" | "systems.steer" | "mapping.examine" | "failures.edit" | "notices.test" | "users.manage" | "audit.see" | "desk.read" | "desk.post" | "desk.cancel" | "students.read")[];
        };
        SignedOut: {
            /** @description The identity provider's page that the browser goes on to, to be signed out there, too. */
            to: string | null;
        };
        SignedOutEverywhere: {
            number: number;
            /** @description The identity provider's page that the browser goes on to, to be signed out there, too. */
            to: string | null;
        };
        StandingTrouble: {
            /** @description The same as long as it is the same trouble. */
            key: string;
            /** @enum {string} */
            kind: "failures" | "configuration" | "silence" | "flags-held" | "removals-held" | "page-lost" | "mirror-old" | "found";
            /** @description Empty: it concerns no one system. */
            system: string;
            /** @description How large it is: ten times as large is told again. */
            number: number;
            /** Format: date-time */
            since: string;
            /** @description The page that shows it. */
            page: string;
            text: components["schemas"]["Bilingual"];
            /** @description False: not yet, or there is nobody to be told. */
            told: boolean;
        };
        StudentStories: {
            code: string;
            stories: components["schemas"]["StudentStory"][];
            troubles: components["schemas"]["Trouble"][];
        };
        StudentStory: {
            system: string;
            /** @description Address of the site. */
            moodle: string;
            /** @description Who tells of its students: 1C, or files of IMS Enterprise; what comes first counts where both do. */
            fedBy: ("onec" | "files")[];
            /**
             * @description `file`: Moodle takes a file by itself, and nobody can be asked what stands there.
             * @enum {string}
             */
            writtenBy: "calls" | "file";
            /** @description Id of the account there, the newest that is known; null where Moodle takes a file. */
            moodleUser: number | null;
            group: string | null;
            outcome: string | null;
            /** @description Is the student where they should be, and if not, why. */
            sentence: components["schemas"]["Bilingual"];
            courses: components["schemas"]["CourseState"][];
            /** @description What 1C was told last. */
            told: {
                /** @enum {string} */
                told: "later" | "error" | "synchronized";
                revision: number;
                /** @description Unix seconds until which 1C hides the student. */
                validUntil: number | null;
            } | null;
            /** @description Newest first. */
            events: components["schemas"]["JournalEntry"][];
            /** @description Newest first. */
            failures: components["schemas"]["ListedFailure"][];
            /** @description Events are missing in between. */
            gaps: {
                after: string | null;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC.
                 */
                before: string;
                missing: number;
            }[];
        };
        Students: {
            students: components["schemas"]["FoundStudent"][];
        };
        StudentsUnderWay: {
            system: string;
            students: number;
            oldest: string | null;
        };
        System: {
            status: components["schemas"]["SystemStatus"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            hoursFrom: string;
            troubles: components["schemas"]["Trouble"][];
        };
        SystemName: {
            system: string;
            els: string;
            moodle: string;
            /** @description Who tells of its students: 1C, or files of IMS Enterprise; what comes first counts where both do. */
            fedBy: ("onec" | "files")[];
            /**
             * @description `file`: Moodle takes a file by itself, and nobody can be asked what stands there.
             * @enum {string}
             */
            writtenBy: "calls" | "file";
        };
        SystemNames: {
            systems: components["schemas"]["SystemName"][];
        };
        SystemStatus: {
            system: string;
            /** @description 1C's name of it. */
            els: string;
            /** @description Address of the site. */
            moodle: string;
            /** @description Who tells of its students: 1C, or files of IMS Enterprise; what comes first counts where both do. */
            fedBy: ("onec" | "files")[];
            /**
             * @description `file`: Moodle takes a file by itself, and nobody can be asked what stands there.
             * @enum {string}
             */
            writtenBy: "calls" | "file";
            pauses: components["schemas"]["Pause"][];
            /** @description By their newest outcome; who has none yet is only known. */
            students: {
                known: number;
                synchronized: number;
                failed: number;
            };
            /** @description Failures that wait for a person, by kind. */
            open: {
                [key: string]: number;
            };
            replaying: number;
            /** @description The last word that 1C was told. */
            lastReported: string | null;
            /** @description When something came of it last; null: nothing ever has. */
            lastCame: string | null;
            /** @description Nothing has come for longer than it should: for so many business hours. Null: it is fresh enough. */
            silentHours: number | null;
            /** @description Events that never reached the journal. */
            missing: number;
            /** @description Outcomes a minute, over the last five. */
            perMinute: number;
            /** @description Outcomes of the last day: 24 numbers, the last one of the present hour. */
            byHour: {
                synchronized: number[];
                failed: number[];
            };
        };
        TellingTrouble: {
            what: components["schemas"]["Bilingual"];
            mend: components["schemas"]["Bilingual"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            since: string;
        };
        Trouble: {
            service: string;
            /** @description Empty: it concerns no one system. */
            system: string;
            check: string;
            /** @description A student's code, or a place. */
            about: string;
            what: components["schemas"]["Bilingual"];
            mend: components["schemas"]["Bilingual"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            since: string;
        };
        User: {
            login: string;
            name: string;
            grants: components["schemas"]["Grant"][];
            disabled: boolean;
            /** @description False: the one-time link has not been used yet, or there is none. */
            hasPassword: boolean;
            /** @description Comes by the identity provider, which says name and roles at every sign-in. */
            openId: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            signedInAt: string | null;
        };
        UserChange: {
            /** @description Surname and initials. */
            name?: string;
            grants?: components["schemas"]["Grant"][];
            disabled?: boolean;
            /** @description Why; it stands in the audit. */
            reason: string;
        };
        Users: {
            users: components["schemas"]["User"][];
        };
        WaitingGroup: {
            group: string;
            system: string;
            service: string;
            /** @enum {string} */
            kind: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
            /** @description Cut where it is long: `…` at its end says so. */
            cause: string;
            /** @description Cut where it is long: `…` at its end says so. */
            about: string;
            failures: number;
            students: number;
            /** @description Of the failures, those of several causes: they stand in other groups, too. */
            shared: number;
            /** @description Of the failures, those on their way again. */
            replaying: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            firstSeen: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            lastSeen: string;
            reason: components["schemas"]["Bilingual"];
            cure: components["schemas"]["Bilingual"] | null;
            /** @description Id of the newest failure. */
            example: string;
        };
        Whom: {
            codes?: string[];
            /** @description An academic group, to the letter as 1C names it. */
            group?: string;
            /** @description A curriculum's code in 1C. */
            curriculum?: string;
            /** @description Why; it stands in the audit. */
            reason?: string;
        };
        Why: {
            /** @description Why; it stands in the audit. */
            reason: string;
        };
    };
    responses: {
        /** @description It could not be answered. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                by?: string;
                /** @description Its beginning: `replay`, `replay.start`. */
                action?: string;
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                about?: string;
                /** @description RFC 3339. */
                since?: string;
                /** @description RFC 3339. */
                before?: string;
                limit?: number;
                /** @description `id` of the last entry of the page before. */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who did what, when and why; newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    examineGround: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Examine what all systems stand on: database, broker, queues, services */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExaminationBegun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listExaminations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the doctors have found, system by system and in what all stand on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Examinations"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listFailures: {
        parameters: {
            query?: {
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                service?: string;
                kind?: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
                cause?: string;
                about?: string;
                code?: string;
                /** @description A group of failures by cause. */
                group?: string;
                /** @description Last seen from then on. */
                since?: string;
                /** @description Last seen before then. */
                before?: string;
                /** @description A piece of the reason, in either language, or of the id. */
                text?: string;
                /** @description Absent: open and replaying. */
                states?: ("open" | "replaying" | "superseded" | "closed" | "archived")[];
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Failures one by one, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    archiveFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Archive"];
            };
        };
        responses: {
            /** @description Put open failures aside; those that come later are not among them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskAgain"];
            };
        };
        responses: {
            /** @description Have 1C offer the students of these failures again: for what is mended in 1C */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Asked"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countFailures: {
        parameters: {
            query?: {
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                service?: string;
                kind?: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
                cause?: string;
                about?: string;
                code?: string;
                /** @description A group of failures by cause. */
                group?: string;
                /** @description Last seen from then on. */
                since?: string;
                /** @description Last seen before then. */
                before?: string;
                /** @description A piece of the reason, in either language, or of the id. */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an action upon these would touch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureCount"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportFailures: {
        parameters: {
            query?: {
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                service?: string;
                kind?: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
                cause?: string;
                about?: string;
                code?: string;
                /** @description A group of failures by cause. */
                group?: string;
                /** @description Last seen from then on. */
                since?: string;
                /** @description Last seen before then. */
                before?: string;
                /** @description A piece of the reason, in either language, or of the id. */
                text?: string;
                states?: ("open" | "replaying" | "superseded" | "closed" | "archived")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as a table for a spreadsheet; what it would take for a formula is text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readEditForm: {
        parameters: {
            query: {
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What of a failed message may be edited */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditForm"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sendEdit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditOrder"];
            };
        };
        responses: {
            /** @description Send a failed message as edited: a new event, linked to the failure */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Edited"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    tryEdit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditTry"];
            };
        };
        responses: {
            /** @description What an edit would change, and what its schema says of it; nothing is sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditTried"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    groupFailures: {
        parameters: {
            query?: {
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                service?: string;
                kind?: "outage" | "temporary" | "configuration" | "student" | "course" | "unexplained" | "contract" | "crash";
                cause?: string;
                about?: string;
                code?: string;
                /** @description A group of failures by cause. */
                group?: string;
                /** @description Last seen from then on. */
                since?: string;
                /** @description Last seen before then. */
                before?: string;
                /** @description A piece of the reason, in either language, or of the id. */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open failures by cause, the largest group first, with their last day by hour */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureGroups"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    noteFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description Write a note upon failures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readFailure: {
        parameters: {
            query: {
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All about one failure; who may not see names gets the message without them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    restoreFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restore"];
            };
        };
        responses: {
            /** @description Take back what was put aside */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Files of IMS Enterprise that were taken, and what became of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImsFiles"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
        responses: {
            /** @description Whom a one-time link is for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            /** @description Use a one-time link: set the password and be signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listJournal: {
        parameters: {
            query?: {
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                /** @description A student's code, or `#<curriculum>/<semester>`. */
                subject?: string;
                type?: string;
                /** @description RFC 3339. */
                since?: string;
                /** @description RFC 3339. */
                before?: string;
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events as they came, newest first; they hold no names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journal"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    follow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changes, as it does: events `change` with `{ topic }`, resumed by Last-Event-ID, and a `beat` every 15 s */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readMapping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the last look at the mapping has found: what is missing, rows and examples */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingLook"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    examineMapping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Look at the whole publication now; changes nothing, may take tens of seconds */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExaminationBegun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listNotices: {
        parameters: {
            query?: {
                /** @description Of what stands: so many are passed over. */
                from?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits for a person, who was told of it and when, and what is wrong with the telling */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notices"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    testNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a notice that says it is a test, by every channel */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticesTried"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    finishSignIn: {
        parameters: {
            query?: {
                /** @description By which the sign-in is known; the rest is the provider’s. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the identity provider leads back to */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    startSignIn: {
        parameters: {
            query?: {
                /** @description The page that it leads back to. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign in by the university's identity provider */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is it well, and what waits for a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits for each service, what it has in hand, who reads, and what holds it up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReplays: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Begun before then. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replays, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replays"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    startReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayOrder"];
            };
        };
        responses: {
            /** @description Put messages back into the queues they died in: for what is mended in Moodle */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayOrdered"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One replay and what came of its messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReplayItems: {
        parameters: {
            query?: {
                states?: ("waiting" | "sending" | "sent" | "succeeded" | "failed" | "superseded" | "stopped")[];
                limit?: number;
                /** @description Position of the last item before. */
                after?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages of a replay, in the order in which they go */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayItems"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    stopReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayStop"];
            };
        };
        responses: {
            /** @description Stop it: what is not sent stays open; what is in flight goes on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in; null when nobody is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Change the own password; other browsers are signed out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOutEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out everywhere */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOutEverywhere"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    findStudents: {
        parameters: {
            query?: {
                /** @description Its beginning. */
                code?: string;
                /** @description An academic group, to the letter. */
                group?: string;
                /** @description The id of an account in Moodle. */
                moodleUser?: number;
                /** @description One Moodle: its name in queues, routing keys and ledgers, which never changes. */
                system?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find students: by code, group or Moodle id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Students"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readStory: {
        parameters: {
            query: {
                /** @description The student's code in 1C's catalogue: a string with its leading zeros. */
                code: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A student's whole story: what 1C said, what was done, what failed, what 1C was told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentStories"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listSystems: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The systems (Moodle sites) by their names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemNames"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One system: its state, and what services have found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askAgainFor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Whom"];
            };
        };
        responses: {
            /** @description Have 1C offer students, a group or those of a curriculum again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Asked"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    askNow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask 1C now, without waiting for the interval */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedNow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    searchCourses: {
        parameters: {
            query: {
                /** @description A piece of name, short name or ID number, or the number. */
                text: string;
            };
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Courses of a Moodle by name, short name, ID number or number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: components["schemas"]["MoodleCourse"][];
                        /** @description Why Moodle could not be asked; null: it has answered. */
                        trouble: components["schemas"]["Bilingual"] | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    checkCourses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: number[];
                };
            };
        };
        responses: {
            /** @description What stands behind these numbers, and where nobody can be enrolled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: components["schemas"]["MoodleCourse"][];
                        /** @description Nobody can be enrolled there: no such course, or no manual enrolment. */
                        failures: {
                            id: number;
                            cause: string;
                            reason: components["schemas"]["Bilingual"];
                            cure: components["schemas"]["Bilingual"] | null;
                        }[];
                        /** @description Why Moodle could not be asked; null: it has answered. */
                        trouble: components["schemas"]["Bilingual"] | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    examineSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Examine a system now; what is found stands in the list when it has ended */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExaminationBegun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    discardFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImsDecisionOrder"];
            };
        };
        responses: {
            /** @description Forget what is held: nothing of it is applied */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovalsDecided"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releaseFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImsDecisionOrder"];
            };
        };
        responses: {
            /** @description Apply what is held, although it removes many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovalsDecided"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showFile: {
        parameters: {
            query?: {
                /** @description The code after which to go on. */
                after?: string;
                state?: "waiting" | "underWay" | "done" | "failed";
            };
            header?: never;
            path: {
                system: string;
                file: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One file: its unusable records, and the persons whom it changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImsFileWhole"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releaseFlags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseFlags"];
            };
        };
        responses: {
            /** @description Set the Error flags in 1C that the hourly limit holds back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlagsReleased"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    clearLostAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Error rows left in 1C by lost answers are looked after: say no more of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readPass: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far the pass is: how many are left, how fast it goes, who is under way */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pass"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pauseSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseOrder"];
            };
        };
        responses: {
            /** @description Stop the work with a system, or some services of it, until a person resumes it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PausesNow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
                service: "user-provisioner" | "course-enroller" | "success-reporter" | "error-flagger" | "onec-poller" | "ims-gateway";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A day of one queue: each minute of the last hour, ten minutes at a time before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueHistory"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRemovals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Suspensions of enrolments that are held until a person decides */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldRemovals"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    discardRemovals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemovalsDecision"];
            };
        };
        responses: {
            /** @description Forget what is held: the enrolments stay as they are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovalsDecided"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releaseRemovals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemovalsDecision"];
            };
        };
        responses: {
            /** @description Suspend what is held, where nobody wants it even now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovalsDecided"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resumeSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                system: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeOrder"];
            };
        };
        responses: {
            /** @description Lift a pause that a person has put */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PausesNow"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody who may sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Users"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Add somebody; the answer is a link by which they set their password */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Change somebody's name or roles, or keep them out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Why"];
            };
        };
        responses: {
            /** @description A new link by which somebody sets a password; the old password holds until it is used */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeLink"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOutUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign somebody out everywhere */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
