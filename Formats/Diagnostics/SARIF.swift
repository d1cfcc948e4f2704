/// Remarks as SARIF 2.1.0 (OASIS, 2020), which code hosts show beside the lines they speak of.
public enum SARIF {
    /// One run of a tool over files.
    public static func write(_ diagnostics: [Diagnostic], tool: String, version: String) -> [UInt8] {
        let codes = Array(Set(diagnostics.map(\.code))).sorted()
        let driver = object {
            $0.add("name", tool)
            $0.add("version", version)
            $0.add("rules", codes.map(rule))
        }
        let run = object {
            $0.add("tool", .object([JSONMember("driver", driver)]))
            $0.add("columnKind", "unicodeCodePoints")
            $0.add("results", .array(diagnostics.map(result)))
        }
        return JSONWriter.write(
            object {
                $0.add("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                $0.add("version", "2.1.0")
                $0.add("runs", [run])
            }, flatDepth: 5)
    }

    private static func rule(_ code: String) -> JSONValue {
        object {
            $0.add("id", code)
            $0.add("help", DiagnosticAdvice.advice(for: code).map { .object([JSONMember("text", .string($0))]) })
        }
    }

    private static func result(_ diagnostic: Diagnostic) -> JSONValue {
        object {
            $0.add("ruleId", diagnostic.code)
            $0.add("level", diagnostic.severity.rawValue)
            $0.add("message", .object([JSONMember("text", .string(diagnostic.message))]))
            $0.add("occurrenceCount", diagnostic.count > 1 ? .integer(Int64(diagnostic.count)) : nil)
            $0.add("locations", [.object([JSONMember("physicalLocation", place(diagnostic))])])
        }
    }

    private static func place(_ diagnostic: Diagnostic) -> JSONValue {
        object {
            $0.add("artifactLocation", .object([JSONMember("uri", .string(diagnostic.file.percentEncoded(keepingSlashes: true)))]))
            $0.add("region", diagnostic.position.map { position in
                object {
                    $0.add("startLine", .integer(Int64(position.line)))
                    $0.add("startColumn", .integer(Int64(position.column)))
                }
            })
        }
    }
}
