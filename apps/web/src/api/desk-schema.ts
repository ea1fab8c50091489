/** Made by `npm run openapi` from apps/onec-component/desk/openapi.json, not by hand. */

export interface paths {
    "/api/desk/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All bindings of an ELS, or the empty ones and those that no curriculum has any more, column by column */
        get: operations["displayBindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/bindings/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many bindings are empty, in all and by ELS */
        get: operations["countBindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/bindings/gone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bindings with a course that no curriculum has any more */
        get: operations["listGoneBindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/bindings/gone/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A draft that sets all of them to zero */
        post: operations["draftZeroing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/bindings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The changes of one binding, the newest first */
        get: operations["readHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/bindings/spreadsheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bindings of an ELS as CSV or XLSX; what a spreadsheet would take for a formula is text */
        get: operations["exportBindings"];
        put?: never;
        /** What a table would change of what the register holds; changes nothing itself */
        post: operations["previewBindings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/bindings/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Courses that others have for the empty bindings, the surest first */
        get: operations["suggestCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/curricula": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Curricula */
        get: operations["listCurricula"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/curricula/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A curriculum with its disciplines */
        get: operations["readCurriculum"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Documents, the newest first */
        get: operations["listDocuments"];
        put?: never;
        /** A new draft, numbered at once */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents/authors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose documents there are */
        get: operations["listDocumentAuthors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One document with its lines */
        get: operations["readDocument"];
        /** Save the draft as it is edited: the whole of it, over the version that was seen */
        put: operations["saveDocument"];
        post?: never;
        /** Throw away a draft that was never posted */
        delete: operations["discardDocument"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents/{id}/cancelling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom cancelling the posting would touch */
        get: operations["foreseeCancelling"];
        put?: never;
        /** Cancel the posting: its records go */
        post: operations["cancelPosting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents/{id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new draft with the lines of this document */
        post: operations["copyDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents/{id}/mark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark it for deletion, which cancels its posting first, or take the mark back */
        post: operations["markDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/documents/{id}/posting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What posting would do, and what stands against it */
        get: operations["foreseePosting"];
        put?: never;
        /** Post it */
        post: operations["postDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/els": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ELS directory, and names that only one side knows */
        get: operations["listEls"];
        put?: never;
        /** A new ELS; its code is the next one */
        post: operations["createEls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/els/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Edit an ELS; another name asks first */
        put: operations["editEls"];
        post?: never;
        /** Delete an ELS to which nothing refers */
        delete: operations["deleteEls"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/empty-bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last runs, the newest first */
        get: operations["listRuns"];
        put?: never;
        /** Create the empty bindings of an ELS that are not there yet */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/empty-bindings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it is */
        get: operations["readRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/empty-bindings/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop it: what is done stays */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the blocks of a filter offer */
        get: operations["readFilters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups */
        get: operations["listGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/groups/{code}/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which courses a group has now, by semester of its students */
        get: operations["readGroupCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find students of the mirror by name */
        get: operations["findStudentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/students/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Students of the mirror */
        get: operations["listStudents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/students/{code}/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which courses a student has now */
        get: operations["readStudentCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/synchronization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of the register Synchronization */
        get: operations["listRows"];
        /** Give a row another period or mark */
        put: operations["editRow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/synchronization/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete these rows, as many as were foreseen: their students are offered again */
        post: operations["deleteRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk/synchronization/foresee": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What deleting these rows would touch */
        post: operations["foreseeRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Bilingual: {
            ru: string;
            en: string;
        };
        BindingDocument: {
            /** Format: uuid */
            id: string;
            number: string;
            /** @description In the time of the infobase. */
            date: string;
            /** @description Else the date becomes the moment of posting. */
            dateByHand: boolean;
            /** @description Code of the ELS; null: not chosen yet, or its lines are of several. */
            system: string | null;
            comment: string;
            /** @description Surname and initials. */
            author: string;
            posted: boolean;
            /** @description For deletion. */
            marked: boolean;
            version: number;
            /** @description Which bindings the form showed last. */
            display: ("all" | "empty") | null;
            /** @description Login. */
            writtenBy: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            writtenAt: string;
            /** @description The last posting, cancelled since or not. */
            postedAt: string | null;
            curricula: components["schemas"]["CurriculumInList"][];
            departments: {
                code: string;
                name: string;
            }[];
            disciplines: {
                /** @enum {string} */
                kind: "Discipline" | "Cycle" | "Practice";
                code: string;
                name: string;
            }[];
            periods: string[];
            lines: {
                /** @description Places in `curricula`. */
                curriculum: number[];
                /** @description Places in `departments`: the teaching department. */
                department: number[];
                /** @description Places in `disciplines`. */
                discipline: number[];
                semester: number[];
                /** @description Number of the course in Moodle; 0: none. */
                course: number[];
                change: boolean[];
                several: boolean[];
                shownCourse: (number | null)[];
                /** @description Places in `periods`. */
                shownPeriod: (number | null)[];
            };
        };
        BoundCourse: {
            courseId: number;
            disciplines: {
                name: string;
                department: string;
                since: string;
                document: string;
                number: string;
                author: string;
            }[];
        };
        CoursesOfGroup: {
            code: string;
            name: string;
            /** @description Not exactly one: 1C reports the group as faulty, and there are no courses. */
            curricula: string[];
            semesters: {
                semester: number;
                students: number;
                courses: components["schemas"]["BoundCourse"][];
            }[];
        };
        CoursesOfStudent: {
            code: string;
            /** @description Empty where 1C has none. */
            name: string;
            group: string | null;
            groupName: string | null;
            continues: boolean;
            semester: number | null;
            curriculum: string | null;
            fault: ("Status Error" | "Individual Error" | "Group Error" | "ES Error") | null;
            courses: components["schemas"]["BoundCourse"][];
        };
        Curriculum: {
            code: string;
            name: string;
            year: number | null;
            field: string | null;
            profile: string | null;
            mode: string | null;
            site: string | null;
            level: string | null;
            template: boolean;
            approved: boolean;
            graduatingDepartment: string | null;
            graduatingDepartmentName: string | null;
            lines: {
                /** @enum {string} */
                disciplineKind: "Discipline" | "Cycle" | "Practice";
                discipline: string;
                disciplineName: string;
                semester: number;
                department: string;
                departmentName: string;
            }[];
        };
        CurriculumInList: {
            code: string;
            name: string;
            year: number | null;
            field: string | null;
            profile: string | null;
            mode: string | null;
            site: string | null;
            level: string | null;
            graduatingDepartment: string | null;
            graduatingDepartmentName: string | null;
        };
        DisplayedBindings: {
            curricula: components["schemas"]["CurriculumInList"][];
            departments: {
                code: string;
                name: string;
            }[];
            disciplines: {
                /** @enum {string} */
                kind: "Discipline" | "Cycle" | "Practice";
                code: string;
                name: string;
            }[];
            periods: string[];
            /** @description `gone`: no curriculum has it any more; `resting`: its curriculum is not approved. */
            states: ("current" | "resting" | "gone")[];
            lines: {
                /** @description Places in `curricula`. */
                curriculum: number[];
                /** @description Places in `departments`. */
                department: number[];
                /** @description Places in `disciplines`. */
                discipline: number[];
                semester: number[];
                /** @description 0: an empty binding. */
                course: number[];
                /** @description Places in `periods`: since when it stands. */
                period: number[];
                /** @description Places in `states`. */
                state: number[];
            };
        };
        DocumentHead: {
            /** Format: uuid */
            id: string;
            number: string;
            /** @description In the time of the infobase. */
            date: string;
            /** @description Else the date becomes the moment of posting. */
            dateByHand: boolean;
            /** @description Code of the ELS; null: not chosen yet, or its lines are of several. */
            system: string | null;
            comment: string;
            /** @description Surname and initials. */
            author: string;
            posted: boolean;
            /** @description For deletion. */
            marked: boolean;
            version: number;
            /** @description Which bindings the form showed last. */
            display: ("all" | "empty") | null;
            /** @description Login. */
            writtenBy: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            writtenAt: string;
            /** @description The last posting, cancelled since or not. */
            postedAt: string | null;
        };
        Els: {
            code: string;
            name: string;
            address: string;
        };
        EmptyBindingRun: {
            id: string;
            system: string;
            curriculum: string | null;
            author: string;
            /** @enum {string} */
            state: "running" | "done" | "cancelled";
            /** @description Curricula. */
            total: number;
            done: number;
            documents: number;
            /** @description Empty bindings made. */
            lines: number;
            failures: {
                curriculum: string;
                text: components["schemas"]["Bilingual"];
            }[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            startedAt: string;
            endedAt: string | null;
        };
        ForeseenCancelling: {
            version: number;
            students: number;
            groups: components["schemas"]["TouchedGroup"][];
        };
        ForeseenPosting: {
            version: number;
            date: string;
            /** @description What stands against posting. */
            faults: {
                line?: number;
                text: components["schemas"]["Bilingual"];
            }[];
            /** @description What has to be seen before posting. */
            moved: components["schemas"]["MovedLine"][];
            /** @description Sent with the posting: exactly these moved lines have been seen. */
            accept: string;
            students: number;
            groups: components["schemas"]["TouchedGroup"][];
        };
        GoneBinding: {
            curriculum: string;
            department: string;
            /** @enum {string} */
            disciplineKind: "Discipline" | "Cycle" | "Practice";
            discipline: string;
            semester: number;
            courseId: number;
            period: string;
            curriculumName: string;
            departmentName: string;
            disciplineName: string;
        };
        ListedCurriculum: {
            code: string;
            name: string;
            year: number | null;
            field: string | null;
            profile: string | null;
            mode: string | null;
            site: string | null;
            level: string | null;
            template: boolean;
            approved: boolean;
            graduatingDepartment: string | null;
            graduatingDepartmentName: string | null;
            lines: number;
        };
        ListedDocument: {
            /** Format: uuid */
            id: string;
            number: string;
            /** @description In the time of the infobase. */
            date: string;
            /** @description Else the date becomes the moment of posting. */
            dateByHand: boolean;
            /** @description Code of the ELS; null: not chosen yet, or its lines are of several. */
            system: string | null;
            comment: string;
            /** @description Surname and initials. */
            author: string;
            posted: boolean;
            /** @description For deletion. */
            marked: boolean;
            version: number;
            /** @description Which bindings the form showed last. */
            display: ("all" | "empty") | null;
            /** @description Login. */
            writtenBy: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            writtenAt: string;
            /** @description The last posting, cancelled since or not. */
            postedAt: string | null;
            lines: number;
            /** @description Lines with Change. */
            changed: number;
        };
        ListedEls: {
            code: string;
            name: string;
            address: string;
            /** @description Configured systems that call it by its name; none: nobody asks for it. */
            ids: string[];
            /** @description Records of bindings that refer to it. */
            bindings: number;
            documents: number;
            synchronizations: number;
        };
        ListedGroup: {
            code: string;
            name: string;
            year: number | null;
            field: string | null;
            profile: string | null;
            mode: string | null;
            site: string | null;
            /** @description Approved ones that fit: 1C takes a group with exactly one. */
            curricula: string[];
            /** @description Who continue. */
            students: number;
        };
        ListedStudent: {
            code: string;
            lastname: string;
            firstname: string;
            middlename: string;
            group: string | null;
            groupName: string | null;
            semester: number | null;
            continues: boolean;
        };
        MovedLine: {
            /** @description Number of the line, from 1. */
            line: number;
            discipline: string;
            /** @description A newer record stands there: posting would be without effect. */
            newer: boolean;
            /** @description Somebody has moved the binding since it was shown. */
            changed: boolean;
            courseId: number;
            shown: {
                course: number;
                period: string;
            } | null;
            now: {
                course: number;
                period: string;
                document: string;
                number: string | null;
                author: string | null;
            } | null;
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
        SpreadsheetPreview: {
            /** @description Rows that say what stands there already, or nothing. */
            same: number;
            changes: {
                curriculum: string;
                department: string;
                /** @enum {string} */
                disciplineKind: "Discipline" | "Cycle" | "Practice";
                discipline: string;
                semester: number;
                curriculumName: string;
                disciplineName: string;
                from: number;
                to: number;
            }[];
            faults: {
                /** @description Number in the file, from 1. */
                row: number;
                text: components["schemas"]["Bilingual"];
            }[];
            /** @description Rows that cannot stand; some 500 of them are told. */
            faulty: number;
        };
        SuggestionsOfLine: {
            curriculum: string;
            department: string;
            /** @enum {string} */
            disciplineKind: "Discipline" | "Cycle" | "Practice";
            discipline: string;
            semester: number;
            suggestions: {
                courseId: number;
                why: {
                    /** @constant */
                    reason: "earlier-year";
                    curriculum: string;
                    year: number;
                } | {
                    /** @constant */
                    reason: "same-discipline";
                    /** @description How many others have it bound so. */
                    curricula: number;
                    sameSemester: boolean;
                } | {
                    /** @constant */
                    reason: "similar-title";
                    title: string;
                    likeness: number;
                    /** @description How many others have it bound so. */
                    curricula: number;
                    sameSemester: boolean;
                };
            }[];
        };
        SynchronizationRow: {
            system: string;
            student: string;
            /** @description Until when it is valid, in the time of the infobase. */
            period: string;
            error: boolean;
            live: boolean;
            kind: ("Status Error" | "Individual Error" | "Group Error" | "ES Error" | "Moodle") | null;
            /** @description What 1C said of the student. */
            text: string | null;
            group: string | null;
        };
        TouchedGroup: {
            system: string;
            /** @description Code of the group. */
            group: string;
            name: string;
            curriculum: string;
            semester: number;
            students: number;
        };
        TouchedRows: {
            rows: number;
            /** @description Of these still hiding their students. */
            live: number;
            students: number;
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
    displayBindings: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
                display?: "all" | "empty";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All bindings of an ELS, or the empty ones and those that no curriculum has any more, column by column */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisplayedBindings"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countBindings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many bindings are empty, in all and by ELS */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: {
                            /** @description Disciplines of approved curricula whose binding waits for a course. */
                            empty: number;
                            filled: number;
                            /** @description Disciplines without a record yet: creating bindings makes them. */
                            missing: number;
                            /** @description Bindings with a course that no curriculum has any more. */
                            gone: number;
                        };
                        systems: {
                            system: string;
                            /** @description Disciplines of approved curricula whose binding waits for a course. */
                            empty: number;
                            filled: number;
                            /** @description Disciplines without a record yet: creating bindings makes them. */
                            missing: number;
                            /** @description Bindings with a course that no curriculum has any more. */
                            gone: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listGoneBindings: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bindings with a course that no curriculum has any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bindings: components["schemas"]["GoneBinding"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    draftZeroing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code of the ELS. */
                    system: string;
                };
            };
        };
        responses: {
            /** @description A draft that sets all of them to zero */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readHistory: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
                curriculum: string;
                department?: string;
                disciplineKind: "Discipline" | "Cycle" | "Practice";
                discipline: string;
                semester: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes of one binding, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            period: string;
                            /** @description Null: there was no record before. */
                            from: number | null;
                            to: number;
                            author: string;
                            document: string;
                            number: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportBindings: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
                display?: "all" | "empty";
                format: "csv" | "xlsx";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Bindings of an ELS as CSV or XLSX; what a spreadsheet would take for a formula is text */
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
    previewBindings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code of the ELS. */
                    system: string;
                    /**
                     * Format: base64
                     * @description XLSX or CSV, 2 MB at the most, in Base64.
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description What a table would change of what the register holds; changes nothing itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpreadsheetPreview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    suggestCourses: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Courses that others have for the empty bindings, the surest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["SuggestionsOfLine"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCurricula: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                /** @description A piece of code, name, field or profile. */
                text?: string;
                /** @description Code of the graduating department. */
                department?: string;
                level?: string;
                mode?: string;
                year?: number;
                /** @description Approved and no template. */
                approved?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Curricula */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        curricula: components["schemas"]["ListedCurriculum"][];
                        /** @description Of all pages. */
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readCurriculum: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A curriculum with its disciplines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Curriculum"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                state?: "written" | "posted" | "marked";
                /** @description Code of the ELS. */
                system?: string;
                author?: string;
                /** @description A piece of number, author or comment. */
                text?: string;
                /** @description Code: documents with a line of it. */
                curriculum?: string;
                /** @description `2026-09-01T08:00:00`, in the time of the infobase. */
                since?: string;
                /** @description `2026-09-01T08:00:00`, in the time of the infobase. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Documents, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        documents: components["schemas"]["ListedDocument"][];
                        /** @description Of all pages. */
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    system: string | null;
                    comment: string;
                    /** @description Set by hand; null: the moment of posting. */
                    date: string | null;
                    display: ("all" | "empty") | null;
                    /** @description As they were read; only the code counts. */
                    curricula: {
                        code: string;
                    }[];
                    departments: {
                        code: string;
                    }[];
                    disciplines: {
                        /** @enum {string} */
                        kind: "Discipline" | "Cycle" | "Practice";
                        code: string;
                    }[];
                    periods: string[];
                    lines: {
                        /** @description Places in `curricula`. */
                        curriculum: number[];
                        /** @description Places in `departments`: the teaching department. */
                        department: number[];
                        /** @description Places in `disciplines`. */
                        discipline: number[];
                        semester: number[];
                        course: number[];
                        /** @description Only these lines become records of the register. */
                        change: boolean[];
                        /** @description The mark of the column Mult. */
                        several: boolean[];
                        /** @description What the register held when the line was shown; null: no record. */
                        shownCourse: (number | null)[];
                        /** @description Place in `periods` of that record. */
                        shownPeriod: (number | null)[];
                    };
                };
            };
        };
        responses: {
            /** @description A new draft, numbered at once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDocumentAuthors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whose documents there are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authors: string[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readDocument: {
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
            /** @description One document with its lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BindingDocument"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    saveDocument: {
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
                "application/json": {
                    /** @description The version that was seen: of another one nothing is written over. */
                    version: number;
                    system: string | null;
                    comment: string;
                    /** @description Set by hand; null: the moment of posting. */
                    date: string | null;
                    display: ("all" | "empty") | null;
                    /** @description As they were read; only the code counts. */
                    curricula: {
                        code: string;
                    }[];
                    departments: {
                        code: string;
                    }[];
                    disciplines: {
                        /** @enum {string} */
                        kind: "Discipline" | "Cycle" | "Practice";
                        code: string;
                    }[];
                    periods: string[];
                    lines: {
                        /** @description Places in `curricula`. */
                        curriculum: number[];
                        /** @description Places in `departments`: the teaching department. */
                        department: number[];
                        /** @description Places in `disciplines`. */
                        discipline: number[];
                        semester: number[];
                        course: number[];
                        /** @description Only these lines become records of the register. */
                        change: boolean[];
                        /** @description The mark of the column Mult. */
                        several: boolean[];
                        /** @description What the register held when the line was shown; null: no record. */
                        shownCourse: (number | null)[];
                        /** @description Place in `periods` of that record. */
                        shownPeriod: (number | null)[];
                    };
                };
            };
        };
        responses: {
            /** @description Save the draft as it is edited: the whole of it, over the version that was seen */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    discardDocument: {
        parameters: {
            query: {
                version: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Throw away a draft that was never posted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    foreseeCancelling: {
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
            /** @description Whom cancelling the posting would touch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForeseenCancelling"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelPosting: {
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
                "application/json": {
                    /** @description The version that was seen: of another one nothing is written over. */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Cancel the posting: its records go */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    copyDocument: {
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
            /** @description A new draft with the lines of this document */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    markDocument: {
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
                "application/json": {
                    /** @description The version that was seen: of another one nothing is written over. */
                    version: number;
                    marked: boolean;
                };
            };
        };
        responses: {
            /** @description Mark it for deletion, which cancels its posting first, or take the mark back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    foreseePosting: {
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
            /** @description What posting would do, and what stands against it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForeseenPosting"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    postDocument: {
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
                "application/json": {
                    /** @description The version that was seen: of another one nothing is written over. */
                    version: number;
                    /**
                     * @description `accept` of what was foreseen; empty: nothing had to be seen.
                     * @default
                     */
                    accept?: string;
                };
            };
        };
        responses: {
            /** @description Post it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentHead"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listEls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ELS directory, and names that only one side knows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        els: components["schemas"]["ListedEls"][];
                        /** @description Configured systems whose name the directory does not have. */
                        unknown: {
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createEls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As systems of the configuration call it, to the letter. */
                    name: string;
                    address: string;
                };
            };
        };
        responses: {
            /** @description A new ELS; its code is the next one */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Els"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    editEls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As systems of the configuration call it, to the letter. */
                    name: string;
                    address: string;
                    /**
                     * @description The new name: it has been seen what has to follow it.
                     * @default
                     */
                    accept?: string;
                };
            };
        };
        responses: {
            /** @description Edit an ELS; another name asks first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Els"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteEls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete an ELS to which nothing refers */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last runs, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: components["schemas"]["EmptyBindingRun"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code of the ELS. */
                    system: string;
                    /** @description Null: all approved ones. */
                    curriculum: string | null;
                };
            };
        };
        responses: {
            /** @description Create the empty bindings of an ELS that are not there yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyBindingRun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readRun: {
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
            /** @description How far it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyBindingRun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelRun: {
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
            /** @description Stop it: what is done stays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyBindingRun"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readFilters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the blocks of a filter offer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        departments: {
                            code: string;
                            name: string;
                        }[];
                        levels: string[];
                        modes: string[];
                        years: number[];
                        semesters: number[];
                        disciplineKinds: ("Discipline" | "Cycle" | "Practice")[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listGroups: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                /** @description A piece of code or name. */
                text?: string;
                /** @description Code: groups that it fits. */
                curriculum?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        groups: components["schemas"]["ListedGroup"][];
                        /** @description Of all pages. */
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readGroupCourses: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which courses a group has now, by semester of its students */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoursesOfGroup"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    findStudentsByName: {
        parameters: {
            query: {
                /** @description Parts of the name in any order: large and small letters alike, ё as е. */
                name: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find students of the mirror by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        students: {
                            code: string;
                            lastname: string;
                            firstname: string;
                            middlename: string;
                            group: string | null;
                        }[];
                        /** @description There are others: ask for more of the name. */
                        more: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listStudents: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                /** @description A piece of code or name. */
                text?: string;
                /** @description Code of the group. */
                group?: string;
                continues?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Students of the mirror */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        students: components["schemas"]["ListedStudent"][];
                        /** @description Of all pages. */
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readStudentCourses: {
        parameters: {
            query: {
                /** @description Code of the ELS. */
                system: string;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which courses a student has now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoursesOfStudent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRows: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                /** @description Code of the ELS. */
                system?: string;
                error?: "true" | "false";
                /** @description The period is not over: the row hides the student. */
                live?: "true" | "false";
                /** @description What 1C found wrong itself, or `Moodle`: the toolkit told the error. */
                kind?: "Status Error" | "Individual Error" | "Group Error" | "ES Error" | "Moodle";
                /** @description A piece of the student's code, or of the group's name. */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rows of the register Synchronization */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["SynchronizationRow"][];
                        /** @description Of all pages. */
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    editRow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Code of the ELS. */
                    system: string;
                    student: string;
                    /** @description `2026-09-01T08:00:00`, in the time of the infobase. */
                    period: string;
                    to: {
                        /** @description `2026-09-01T08:00:00`, in the time of the infobase. */
                        period: string;
                        error: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Give a row another period or mark */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteRows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    selection: {
                        rows: {
                            /** @description Code of the ELS. */
                            system: string;
                            student: string;
                            /** @description `2026-09-01T08:00:00`, in the time of the infobase. */
                            period: string;
                        }[];
                    } | {
                        filter: {
                            /** @description Code of the ELS. */
                            system?: string;
                            error?: boolean;
                            live?: boolean;
                            /**
                             * @description What 1C found wrong itself, or `Moodle`: the toolkit told the error.
                             * @enum {string}
                             */
                            kind?: "Status Error" | "Individual Error" | "Group Error" | "ES Error" | "Moodle";
                            text?: string;
                        };
                    };
                    /** @description `rows` of what was foreseen. */
                    expected: number;
                };
            };
        };
        responses: {
            /** @description Delete these rows, as many as were foreseen: their students are offered again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchedRows"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    foreseeRows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    selection: {
                        rows: {
                            /** @description Code of the ELS. */
                            system: string;
                            student: string;
                            /** @description `2026-09-01T08:00:00`, in the time of the infobase. */
                            period: string;
                        }[];
                    } | {
                        filter: {
                            /** @description Code of the ELS. */
                            system?: string;
                            error?: boolean;
                            live?: boolean;
                            /**
                             * @description What 1C found wrong itself, or `Moodle`: the toolkit told the error.
                             * @enum {string}
                             */
                            kind?: "Status Error" | "Individual Error" | "Group Error" | "ES Error" | "Moodle";
                            text?: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description What deleting these rows would touch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchedRows"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
