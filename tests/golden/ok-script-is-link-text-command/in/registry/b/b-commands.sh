./missing-tool
