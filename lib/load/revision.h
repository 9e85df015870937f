// A project as one version of its trees: a revision of its repository, or its directories as they
// are now.
#pragma once

#include "load/git.h"
#include "load/project.h"

namespace stepreg::load {

// Where the trees of `project`, which was found in the work tree, lay in that revision; settings
// are those of the revision, too. Trees that the revision's settings do not name are looked for
// where `project` has them; the claim owners file is that of the work tree. An Error when the
// project is in no repository or the revision is not there. What the revision does not have is
// empty.
Result<Project> open_revision(const ProjectOptions& options, const Project& project,
                              const std::string& revision, Sink& sink);

// Opens a project that was found. In a git repository its trees say which files differ from a
// revision without reading them, and what a sparse checkout left out is there as well.
Result<void> open_work_tree(Project& project, Sink& sink);

}  // namespace stepreg::load
