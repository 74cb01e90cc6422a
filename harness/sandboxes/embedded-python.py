# Runs what an agent gave to Python. The library would put the agent's code inside a program of its own,
# which shifts the lines of its traces and indents its texts; this runs it as a module of its own instead.
# `given` is JSON that was put before it. No text of this file may have more than one line.
def begin(given):
    import importlib.machinery, json, linecache, os, re, sys, traceback, types

    given = json.loads(given)
    wrapper = sys._getframe().f_code.co_filename
    source, name = given["source"], given["name"]

    def without_wrapper(told):
        frames = [frame for frame in told.stack or [] if frame.filename != wrapper]
        told.stack = traceback.StackSummary.from_list(frames) if frames else None
        for other in (told.__cause__, told.__context__, *(told.exceptions or [])):
            if other is not None:
                without_wrapper(other)
        return told

    def read(path):
        # The library's bridge to the files now and then says of one that it is not there.
        for left in (2, 1, 0):
            try:
                with open(path, "rb") as file:
                    return file.read()
            except FileNotFoundError:
                if left == 0:
                    raise

    class Packages:
        # Copied into Python's own memory when something is not found without them: it reads an archive often.
        @staticmethod
        def find_spec(name, path=None, target=None):
            sys.meta_path.remove(Packages)
            for package in given["packages"]:
                copy = "/lib/" + os.path.basename(package)
                with open(copy, "wb") as own:
                    own.write(read(package))
                sys.path.append(copy)
            return importlib.machinery.PathFinder.find_spec(name, path, target)

    # What Python imports from is not redirected to the agent's files, unlike what it opens.
    sys.path[0] = "/host" + given["directory"]
    sys.meta_path.append(Packages)
    sys.dont_write_bytecode = True
    sys.argv[0] = given["argument"]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    if given["isFile"]:
        main.__file__ = name
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        exec(compile(source, name, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as stop:
        if stop.code is None or isinstance(stop.code, int):
            raise
        print(stop.code, file=sys.stderr)
        sys.exit(1)
    except BaseException as error:
        told = without_wrapper(traceback.TracebackException.from_exception(error))
        print(re.sub(r"(['\"])/host/", r"\1/", "".join(told.format())), end="", file=sys.stderr)
        sys.exit(1)
begin(given)
