using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WhatsSession;

/// <summary>Lets processes write to one file in turn.</summary>
/// <remarks>
/// <para>
/// SQLite's own waiting is not fair: who waits looks again now and then, and a process that writes all the time has always just taken the lock again. So who
/// waits says so, by a lock of the file that SQLite does not use in WAL mode: the right to write of the other modes (RESERVED,
/// https://www.sqlite.org/lockingv3.html). Who has written looks for it, for the price of one system call, and lets the other go first. Of many that wait one
/// can say so at a time; its turn comes next.
/// </para>
/// <para>It ends by itself: the system drops the locks of a process that ends, and a process that stands still is waited for only now and then.</para>
/// </remarks>
internal sealed unsafe partial class SqliteTurn(sqlite3 connection)
{
    private const int LockStateOperation = 1; // SQLITE_FCNTL_LOCKSTATE
    private const int FilePointerOperation = 7; // SQLITE_FCNTL_FILE_POINTER
    private const int Shared = 1; // SQLITE_LOCK_SHARED
    private const int Reserved = 2; // SQLITE_LOCK_RESERVED

    // Neither waits for more than ten commits of the other: after a pause in vain, so many go on before the next one.
    private const int MostInARow = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private int _pardoned;

    /// <summary>Says that this connection waits.</summary>
    /// <returns>False when another says so, or when this one does not hold the file open in the way that WAL mode does.</returns>
    public bool TryAsk()
    {
        int state;
        return Control(connection, 0, LockStateOperation, &state) == raw.SQLITE_OK && state == Shared && File() is var file and not null
            && file->Methods->Lock(file, Reserved) == raw.SQLITE_OK;
    }

    /// <summary>Takes back what <see cref="TryAsk"/> said.</summary>
    public void EndAsking()
    {
        var file = File();
        file->Methods->Unlock(file, Shared);
    }

    /// <summary>Waits while another says that it waits.</summary>
    public void LetOthersGo()
    {
        if (!IsAsked())
        {
            _pardoned = 0;
            return;
        }

        if (_pardoned > 0)
        {
            _pardoned--;
            return;
        }

        var since = Stopwatch.GetTimestamp();
        var wait = default(SpinWait);
        while (IsAsked())
        {
            if (Stopwatch.GetElapsedTime(since) > LongestPause)
            {
                _pardoned = MostInARow - 1;
                return;
            }

            wait.SpinOnce();
        }
    }

    private bool IsAsked()
    {
        var file = File();
        int reserved;
        return file is not null && file->Methods->CheckReservedLock(file, &reserved) == raw.SQLITE_OK && reserved != 0;
    }

    private OpenFile* File()
    {
        OpenFile* file;
        return Control(connection, 0, FilePointerOperation, &file) == raw.SQLITE_OK && file->Methods is not null ? file : null;
    }

    [SuppressMessage("Security", "CA5393", Justification = "The library lies beside the application, where SQLitePCLRaw finds it too.")]
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Control(sqlite3 connection, nint databaseName, int operation, void* argument);

    /// <summary>sqlite3_file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public FileMethods* Methods;
    }

    /// <summary>sqlite3_io_methods, as far as it is needed.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileMethods
    {
        public int Version;
        public FileMethodsBefore Before;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int*, int> CheckReservedLock;
    }

    /// <summary>The six methods before xLock.</summary>
    [InlineArray(6)]
    private struct FileMethodsBefore
    {
        private nint _first;
    }
}
